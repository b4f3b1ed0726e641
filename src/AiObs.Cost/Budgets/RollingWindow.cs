namespace AiObs.Cost.Budgets;

/// <summary>The last period, in slots that are forgotten as a whole and never early, so spend counts for one slot too long at the most.</summary>
/// <remarks>Only slots with spend take memory, and there are never more than <see cref="SlotCount"/> + 1 of them.</remarks>
internal sealed class RollingWindow(TimeSpan period) : SpendWindow
{
    public const int SlotCount = 60;

    private readonly long _slotTicks = ((period.Ticks - 1) / SlotCount) + 1;
    private readonly Queue<Slot> _older = [];
    private Slot _newest;
    private decimal _sum;

    public override decimal Spent(long now)
    {
        ForgetBefore((now / _slotTicks) - SlotCount);
        return _sum;
    }

    public override void Add(decimal amount, long now)
    {
        if (amount == 0)
        {
            return;
        }

        var number = now / _slotTicks;
        ForgetBefore(number - SlotCount);
        if (_newest.Number == number)
        {
            _newest = new(number, _newest.Amount + amount);
        }
        else
        {
            if (_newest.Amount != 0)
            {
                _older.Enqueue(_newest);
            }

            _newest = new(number, amount);
        }

        _sum += amount;
    }

    public override long? WhenFreed(decimal amount, long now)
    {
        if (Spent(now) == 0)
        {
            return null;
        }

        foreach (var slot in _older)
        {
            amount -= slot.Amount;
            if (amount <= 0)
            {
                return EndOf(slot);
            }
        }

        return EndOf(_newest);
    }

    private void ForgetBefore(long oldest)
    {
        if (_newest.Number < oldest)
        {
            // Sums of decimals can round; an empty window is exactly zero all the same.
            _older.Clear();
            _newest = default;
            _sum = 0;
            return;
        }

        while (_older.TryPeek(out var slot) && slot.Number < oldest)
        {
            _sum -= _older.Dequeue().Amount;
        }
    }

    private long EndOf(Slot slot) => (slot.Number + SlotCount + 1) * _slotTicks;

    private readonly record struct Slot(long Number, decimal Amount);
}
