namespace AiObs.Cost.Budgets;

/// <summary>What was spent and what is set aside of one limit, for one key. Used under the lock of the gate.</summary>
/// <remarks>
/// The invariant that the bound rests on: spent + reserves + the headroom of all open reservations but one is at most the limit when a
/// call is let in. Each call takes at most its reserve and headroom, so all together pass the limit by the exempt one's part beyond its
/// reserve, at most. An open-ended call has no finite headroom, so it can only be the exempt one.
/// </remarks>
internal sealed class BudgetAccount(BudgetRule rule, string? key, string? shownKey, BurnRate? burnRate)
{
    private readonly SpendWindow _window = rule.CreateWindow();
    private BudgetReservation? _exempt;
    private decimal _exemptHeadroom;
    private int _openEnded;
    private int _open;
    private readonly long[] _toldUntil = rule.AlertAt.Count == 0 ? [] : new long[rule.AlertAt.Count];
    private long _quietUntil;

    public BudgetRule Rule => rule;

    public string? Key => key;

    /// <summary>Gets the key as it may be shown: redacted where tags are.</summary>
    public string? ShownKey => shownKey;

    public BurnRate? BurnRate => burnRate;

    public decimal Reserved { get; private set; }

    /// <summary>Gets what is kept free for what open reservations may take beyond their reserves.</summary>
    public decimal KeptFree => Headroom - _exemptHeadroom;

    public bool HasOpenReservations => _open > 0;

    private decimal Headroom { get; set; }

    public decimal Spent(long now) => _window.Spent(now);

    public DateTimeOffset? WhenFreed(decimal amount, long now) =>
        _window.WhenFreed(amount, now) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Tells whether the account is as good as a new one.</summary>
    public bool IsUnused(long now) => _open == 0 && Spent(now) == 0;

    public bool Fits(in Claim claim, long now)
    {
        if (claim.IsEmpty)
        {
            return !rule.Refuses(claim);
        }

        if (claim.IsOpenEnded && _openEnded > 0)
        {
            return false;
        }

        return Spent(now) + Reserved + claim.Amount + KeptFreeWith(claim) <= rule.Limit;
    }

    /// <summary>Returns what would be kept free beside the new call.</summary>
    public decimal KeptFreeWith(in Claim claim)
    {
        var exempt = claim.IsOpenEnded || _openEnded > 0 ? 0 : Math.Max(_exemptHeadroom, claim.Headroom);
        return Headroom + claim.Headroom - exempt;
    }

    public void Open(BudgetReservation owner, in Claim claim)
    {
        _open++;
        Reserved += claim.Amount;
        Headroom += claim.Headroom;
        if (claim.IsOpenEnded)
        {
            _openEnded++;
            Exempt(owner, 0);
        }
        else if (_openEnded == 0 && claim.Headroom > _exemptHeadroom)
        {
            Exempt(owner, claim.Headroom);
        }
    }

    public void Close(BudgetReservation owner, in Hold hold)
    {
        _open--;
        Reserved -= hold.Reserved;
        Headroom -= hold.Headroom;
        _openEnded -= hold.IsOpenEnded ? 1 : 0;
        if (_exempt == owner)
        {
            Exempt(null, 0);
        }

        if (_open == 0)
        {
            // Sums of decimals can round; what nobody holds is exactly zero all the same.
            Reserved = 0;
            Headroom = 0;
        }
    }

    public void Charge(decimal amount, long now) => _window.Add(amount, now);

    /// <summary>Tells whether a reserve can be raised to what its call has taken by now.</summary>
    public bool CanRaise(BudgetReservation owner, in Hold hold, decimal taken, long now)
    {
        var rise = taken - hold.Reserved;
        return rise <= 0 || Spent(now) + Reserved + KeptFree + rise - FromHeadroom(owner, hold, rise) <= rule.Limit;
    }

    public void Raise(BudgetReservation owner, ref Hold hold, decimal taken)
    {
        var rise = taken - hold.Reserved;
        if (rise <= 0)
        {
            return;
        }

        var used = Math.Min(rise, hold.Headroom);
        Reserved += rise;
        Headroom -= used;
        hold.Reserved += rise;
        hold.Headroom -= used;
        if (_exempt == owner)
        {
            _exemptHeadroom = hold.Headroom;
        }
    }

    /// <summary>Tells whether a warning is due, which is so once per window.</summary>
    public bool TakesWarning(long now)
    {
        if (now < _quietUntil)
        {
            return false;
        }

        _quietUntil = EndOfWindow(now);
        return true;
    }

    /// <summary>Tells whether it is to be told that so much of the limit is spent, which is so once per window.</summary>
    /// <param name="place">Which of the parts of the rule.</param>
    /// <param name="now">The time.</param>
    public bool TakesAlert(int place, long now)
    {
        if (now < _toldUntil[place] || Spent(now) < rule.Limit * rule.AlertAt[place])
        {
            return false;
        }

        _toldUntil[place] = EndOfWindow(now);
        return true;
    }

    private long EndOfWindow(long now) => rule.Window switch
    {
        BudgetWindow.Rolling => now + rule.LengthAt(now)!.Value.Ticks,
        BudgetWindow.PerCall => now,
        _ => _window.WhenFreed(0, now) ?? long.MaxValue,
    };

    /// <summary>Returns how much of a rise was kept free for it already; nothing was for the exempt one.</summary>
    private decimal FromHeadroom(BudgetReservation owner, in Hold hold, decimal rise) =>
        _exempt == owner ? 0 : Math.Min(rise, hold.Headroom);

    private void Exempt(BudgetReservation? reservation, decimal headroom)
    {
        _exempt = reservation;
        _exemptHeadroom = headroom;
    }
}
