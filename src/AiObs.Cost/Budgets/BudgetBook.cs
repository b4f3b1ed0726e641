namespace AiObs.Cost.Budgets;

/// <summary>All accounts of all budgets, and what is reserved and charged on them. Used under the lock of the gate.</summary>
internal sealed class BudgetBook
{
    private readonly AccountTable[] _tables;

    // The one least recently heard of first.
    private readonly LinkedList<BudgetReservation> _open = [];
    private readonly List<BudgetAccount> _matches = [];
    private readonly long _lifetime;
    private GateNews? _news;

    public BudgetBook(IEnumerable<Budget> budgets, ReservationOptions reservations, BurnRateOptions burnRates)
    {
        var limits = new BudgetLimits(reservations.KeyCapacity, burnRates, rule => News.Overflows.Add(rule));
        _tables = [.. budgets.SelectMany(BudgetRule.Of).Select(rule => AccountTable.Of(rule, limits))];
        _lifetime = reservations.Lifetime.Ticks;
    }

    public IReadOnlyList<AccountTable> Tables => _tables;

    private GateNews News => _news ??= new();

    /// <summary>Reserves a call in all accounts that it counts to, or in none; nothing is returned when it counts to none, or is refused.</summary>
    public BudgetReservation? Open(BudgetGate gate, in BudgetRequest request, long now, out BudgetRefusal? refusal)
    {
        refusal = FindRefusal(request, budget: null, now);
        if (refusal is not null || _matches.Count == 0)
        {
            return null;
        }

        var holds = new Hold[_matches.Count];
        var reservation = new BudgetReservation(gate, holds);
        for (var i = 0; i < holds.Length; i++)
        {
            var account = _matches[i];
            var claim = account.Rule.ClaimOf(request);
            NoteUnlessFits(account, claim, now);
            account.Open(reservation, claim);
            holds[i] = new Hold(account, claim);
        }

        reservation.HeardOf = now;
        _open.AddLast(reservation.Place);
        return reservation;
    }

    /// <summary>Finds the first account, of all that a call counts to, that has not enough left for it.</summary>
    /// <param name="request">The call.</param>
    /// <param name="budget">The name of the only budget that is asked, whatever its mode; <see langword="null"/> for all that block.</param>
    /// <param name="now">The time.</param>
    public BudgetRefusal? FindRefusal(in BudgetRequest request, string? budget, long now)
    {
        Collect(request, now);
        foreach (var account in _matches)
        {
            var claim = account.Rule.ClaimOf(request);
            if ((budget is null ? account.Rule.Mode == BudgetMode.Block : account.Rule.Name == budget) && !account.Fits(claim, now))
            {
                return new BudgetRefusal(account, claim, now);
            }
        }

        return null;
    }

    public void Settle(BudgetReservation reservation, decimal? cost, long? tokens, long now)
    {
        var wasLost = reservation.State == ReservationState.Lost;
        Close(reservation, ReservationState.Closed);
        foreach (ref readonly var hold in reservation.Holds.AsSpan())
        {
            var taken = hold.Taken(cost, tokens);
            Charge(hold.Account, wasLost ? Math.Max(0, taken - hold.Reserved) : taken, now, isLost: false);
        }
    }

    /// <summary>Takes a reservation off its accounts.</summary>
    public void Close(BudgetReservation reservation, ReservationState state)
    {
        if (reservation.IsOpen)
        {
            _open.Remove(reservation.Place);
            foreach (ref readonly var hold in reservation.Holds.AsSpan())
            {
                hold.Account.Close(reservation, hold);
            }
        }

        reservation.State = state;
    }

    public bool TryExtend(BudgetReservation reservation, decimal? cost, long? tokens, long now)
    {
        var holds = reservation.Holds.AsSpan();
        foreach (ref readonly var hold in holds)
        {
            if (hold.Account.Rule.EndsStreams && !hold.Account.CanRaise(reservation, hold, hold.Taken(cost, tokens), now))
            {
                return false;
            }
        }

        foreach (ref var hold in holds)
        {
            hold.Account.Raise(reservation, ref hold, hold.Taken(cost, tokens));
        }

        reservation.HeardOf = now;
        _open.Remove(reservation.Place);
        _open.AddLast(reservation.Place);
        return true;
    }

    /// <summary>Charges the reserves of calls of which nothing was heard for too long.</summary>
    public void ExpireLost(long now)
    {
        while (_open.First is { Value: var lost } && lost.HeardOf <= now - _lifetime)
        {
            Close(lost, ReservationState.Lost);
            foreach (ref readonly var hold in lost.Holds.AsSpan())
            {
                Charge(hold.Account, hold.Reserved, now, isLost: true);
            }

            News.Lost++;
        }
    }

    /// <summary>Returns what came up since the last time, for telling it outside of the lock.</summary>
    public GateNews? TakeNews()
    {
        var news = _news;
        _news = null;
        return news;
    }

    private void Collect(in BudgetRequest request, long now)
    {
        _matches.Clear();
        foreach (var table in _tables)
        {
            if (table.Rule.Covers(request.Model))
            {
                table.Collect(request.Context, now, _matches);
            }
        }
    }

    private void NoteUnlessFits(BudgetAccount account, in Claim claim, long now)
    {
        if (account.Rule.Mode == BudgetMode.Block || account.Fits(claim, now))
        {
            return;
        }

        if (account.Rule.Mode == BudgetMode.Warn && account.TakesWarning(now))
        {
            News.Warnings.Add(new BudgetRefusal(account, claim, now));
        }
        else
        {
            News.Counted.Add(account.Rule);
        }
    }

    /// <summary>Charges an account, and notes what is worth an alert.</summary>
    /// <param name="account">The account.</param>
    /// <param name="amount">What was taken.</param>
    /// <param name="now">The time.</param>
    /// <param name="isLost">Whether nothing more is heard of the call, so that whoever comes by has nothing to do with it.</param>
    private void Charge(BudgetAccount account, decimal amount, long now, bool isLost)
    {
        account.Charge(amount, now);
        for (var place = 0; place < account.Rule.AlertAt.Count; place++)
        {
            if (account.TakesAlert(place, now))
            {
                News.Thresholds.Add(BudgetThreshold.Of(account, account.Rule.AlertAt[place], now, isLost));
            }
        }

        List<BurnRateAlert>? alerts = null;
        account.BurnRate?.Add(account, amount, now, ref alerts);
        for (var i = 0; i < alerts?.Count; i++)
        {
            News.Alerts.Add((alerts[i], isLost));
        }
    }
}
