namespace AiObs.Events.Sinks;

/// <summary>Remembers the ids of the latest events, for sinks that cannot look up what they have written.</summary>
internal sealed class RecentEvents
{
    private const int Capacity = 20_000;

    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _order = new();

    public bool Contains(AgentEvent item) => _ids.Contains(item.Id);

    public void Add(AgentEvent item)
    {
        if (!_ids.Add(item.Id))
        {
            return;
        }

        _order.Enqueue(item.Id);
        if (_order.Count > Capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }
}
