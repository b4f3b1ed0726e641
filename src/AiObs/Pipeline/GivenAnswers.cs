namespace AiObs.Pipeline;

/// <summary>The ids of the latest answers that models gave to clients of a root: one that comes again, without a model's object, comes from a cache.</summary>
internal sealed class GivenAnswers
{
    private const int Capacity = 4_096;
    private const int LongestId = 256;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string? id)
    {
        if (id is not { Length: > 0 and <= LongestId })
        {
            return;
        }

        lock (_lock)
        {
            if (!_ids.Add(id))
            {
                return;
            }

            _order.Enqueue(id);
            if (_order.Count > Capacity)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }

    public bool Has(string? id)
    {
        lock (_lock)
        {
            return id is not null && _ids.Contains(id);
        }
    }
}
