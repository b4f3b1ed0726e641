namespace AiObs.Cost.Budgets;

/// <summary>The reservations whose calls have not ended, the one least recently heard of first. Used under the lock of the gate.</summary>
internal sealed class OpenReservations
{
    private BudgetReservation? _oldest;
    private BudgetReservation? _newest;

    public void Add(BudgetReservation reservation, long now)
    {
        reservation.HeardOf = now;
        reservation.Older = _newest;
        reservation.Newer = null;
        if (_newest is null)
        {
            _oldest = reservation;
        }
        else
        {
            _newest.Newer = reservation;
        }

        _newest = reservation;
    }

    public void Remove(BudgetReservation reservation)
    {
        if (reservation.Older is null)
        {
            _oldest = reservation.Newer;
        }
        else
        {
            reservation.Older.Newer = reservation.Newer;
        }

        if (reservation.Newer is null)
        {
            _newest = reservation.Older;
        }
        else
        {
            reservation.Newer.Older = reservation.Older;
        }

        reservation.Older = null;
        reservation.Newer = null;
    }

    /// <summary>Returns a reservation of which nothing was heard since a time; <see langword="null"/> when there is none.</summary>
    public BudgetReservation? FindSilentSince(long time) => _oldest is { } oldest && oldest.HeardOf <= time ? oldest : null;
}
