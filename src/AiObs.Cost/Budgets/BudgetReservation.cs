using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>What was set aside for one call.</summary>
/// <param name="gate">The gate that keeps the accounts.</param>
/// <param name="holds">What is held of each account.</param>
internal sealed class BudgetReservation(BudgetGate gate, Hold[] holds)
{
    private LinkedListNode<BudgetReservation>? _place;

    /// <summary>Gets what is held of each account; used under the lock of the gate, as everything that can be set here.</summary>
    public Hold[] Holds => holds;

    public ReservationState State { get; set; }

    public bool IsOpen => State == ReservationState.Open;

    /// <summary>Gets or sets when something was last heard of the call.</summary>
    public long HeardOf { get; set; }

    /// <summary>Gets where it stands among those that are open.</summary>
    public LinkedListNode<BudgetReservation> Place => _place ??= new(this);

    /// <summary>Tells whether any of the budgets ends streams, so that a stream has to be metered as it runs.</summary>
    public bool EndsStream()
    {
        foreach (ref readonly var hold in holds.AsSpan())
        {
            if (hold.Account.Rule.EndsStreams)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Replaces the reservation by what the call really took; only the first settlement or release counts.</summary>
    /// <param name="cost">The cost in USD; <see langword="null"/> when unpriced, and then what was reserved counts as spent.</param>
    /// <param name="tokens">The tokens used; <see langword="null"/> when unknown, and then what was reserved counts as used.</param>
    /// <param name="ended">The call; <see langword="null"/> where it is not known.</param>
    public void Settle(decimal? cost, long? tokens, ModelOperation? ended = null) => gate.Settle(this, cost, tokens, ended);

    /// <summary>Gives everything back: the call never happened or took nothing.</summary>
    public void Release() => gate.Release(this);

    /// <summary>Raises the reserve to what a running stream has taken so far.</summary>
    /// <param name="cost">The cost so far in USD; <see langword="null"/> when unknown.</param>
    /// <param name="tokens">The tokens so far, those of the request included; <see langword="null"/> when unknown.</param>
    /// <returns><see langword="false"/> when a budget that ends streams has not so much left: then nothing is raised, and the stream is to end.</returns>
    public bool TryExtend(decimal? cost, long? tokens) => gate.TryExtend(this, cost, tokens);
}
