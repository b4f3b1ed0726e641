using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Cost.Budgets;

/// <summary>Lets calls through as long as the budgets that they count to hold.</summary>
/// <remarks>
/// One lock, held for less than a microsecond, is all it takes for a call to be reserved in all of its budgets or in none; a model
/// call takes a million times as long. Whatever runs code of others happens outside of it.
/// </remarks>
internal sealed class BudgetGate
{
    private readonly Lock _lock = new();
    private readonly BudgetBook _book;
    private readonly TimeProvider _clock;
    private readonly Faults _faults;
    private readonly BudgetReporter? _reporter;
    private long _now;

    public BudgetGate(IReadOnlyList<Budget> budgets, ReservationOptions reservations, BurnRateOptions burnRates, ObservabilityCore core)
    {
        var rates = burnRates.Clone();
        _book = new BudgetBook(budgets, reservations, rates);
        _clock = core.Clock;
        _faults = core.Faults;
        HasBudgets = _book.Tables.Count > 0;
        Overview = new BudgetOverview(this);
        if (HasBudgets)
        {
            // Instruments exist only where there is something to measure.
            _reporter = new BudgetReporter(core, rates.OnBurnRate);
            BurnRateGauges.Create(this, core);
        }
    }

    /// <summary>Gets a value indicating whether there is any budget at all; when not, nothing needs to be estimated.</summary>
    public bool HasBudgets { get; }

    /// <summary>Gets how the budgets stand.</summary>
    public BudgetOverview Overview { get; }

    /// <summary>Sets the estimate aside in every budget that the call counts to.</summary>
    /// <returns>What was set aside; <see langword="null"/> when the call counts to no budget.</returns>
    /// <exception cref="BudgetExceededException">A budget that blocks has not enough left.</exception>
    public BudgetReservation? Reserve(in BudgetRequest request)
    {
        if (!HasBudgets)
        {
            return null;
        }

        BudgetReservation? reservation;
        BudgetRefusal? refusal;
        GateNews? news;
        lock (_lock)
        {
            reservation = _book.Open(this, request, Now(), out refusal);
            news = _book.TakeNews();
        }

        _reporter!.Tell(news, request.Context, request.Observers);
        if (refusal is not null)
        {
            _reporter.TellViolation(refusal, request.Context, request.Observers);
            throw new BudgetExceededException(refusal);
        }

        return reservation;
    }

    /// <summary>Tells why a call would not be let through, and sets nothing aside.</summary>
    /// <param name="request">The call.</param>
    /// <param name="budget">The name of the only budget that is asked, whatever its mode; <see langword="null"/> for all that block.</param>
    public BudgetRefusal? FindRefusal(in BudgetRequest request, string? budget)
    {
        lock (_lock)
        {
            return _book.FindRefusal(request, budget, Now());
        }
    }

    /// <summary>Tells whether there is a budget of a name.</summary>
    public bool Has(string budget) => _book.Tables.Any(table => table.Rule.Name == budget);

    public void Settle(BudgetReservation reservation, decimal? cost, long? tokens, ModelOperation? ended)
    {
        GateNews? news;
        lock (_lock)
        {
            var now = Now();
            if (reservation.State != ReservationState.Closed)
            {
                _book.Settle(reservation, cost, tokens, now);
            }

            news = _book.TakeNews();
        }

        _reporter!.Tell(news, ended?.Context ?? OperationContext.Empty, ended?.Observers, ended);
    }

    public void Release(BudgetReservation reservation)
    {
        lock (_lock)
        {
            _book.Close(reservation, ReservationState.Closed);
        }
    }

    public bool TryExtend(BudgetReservation reservation, decimal? cost, long? tokens)
    {
        lock (_lock)
        {
            var now = Now();
            return !reservation.IsOpen || _book.TryExtend(reservation, cost, tokens, now);
        }
    }

    /// <summary>Reads the accounts as they stand at one moment; none of them may leave with the result.</summary>
    public TResult Read<TResult>(Func<IReadOnlyList<AccountTable>, long, TResult> read)
    {
        lock (_lock)
        {
            return read(_book.Tables, Now());
        }
    }

    /// <summary>Returns the time, which never runs backwards here, with everything done that was due by then.</summary>
    private long Now()
    {
        // A clock that fails must not keep what is reserved from being settled: until it works again, time stands.
        _faults.Run("clock", this, static gate => gate._now = Math.Max(gate._now, gate._clock.GetUtcNow().UtcTicks));
        _book.ExpireLost(_now);
        return _now;
    }
}
