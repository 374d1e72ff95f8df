-- What a bank asks the owner to type before it goes on with a payment; never what she typed.
CREATE TABLE payment_asked (
    payment INTEGER PRIMARY KEY,
    -- The fields and the key for sealing, as JSON.
    asked   TEXT NOT NULL
) STRICT;

-- Payments for which a step is on its way that carries the owner's approval: written before it leaves, gone when its answer is
-- known. What is found here after an end of Saldo has an unknown outcome.
CREATE TABLE payment_carried (
    payment INTEGER PRIMARY KEY,
    since   INTEGER NOT NULL
) STRICT;
