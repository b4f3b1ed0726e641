namespace AiObs.Cost.Budgets;

/// <summary>How far the call of a reservation has come.</summary>
internal enum ReservationState
{
    /// <summary>It runs.</summary>
    Open,

    /// <summary>Nothing was heard of it for too long, so the reserve was charged.</summary>
    Lost,

    /// <summary>It ended, and what it took is charged.</summary>
    Closed,
}
