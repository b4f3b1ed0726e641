namespace AiObs.Cost.Ledger;

/// <summary>Picks a page out of records that come in any order, holding no more of them than a page.</summary>
internal sealed class CostPageSelection
{
    private readonly CostQuery _query;
    private readonly CostPosition? _after;
    private readonly int _direction;
    private readonly PriorityQueue<CostRecord, CostPosition> _lastOnTop;

    public CostPageSelection(CostQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _after = CostPosition.After(query);
        _direction = query.Order == PageOrder.OldestFirst ? 1 : -1;
        _lastOnTop = new(Comparer<CostPosition>.Create((left, right) => Compare(right, left)));
    }

    public void Offer(CostRecord record)
    {
        var position = CostPosition.Of(record);
        if (_after is { } after && Compare(position, after) <= 0)
        {
            return;
        }

        _lastOnTop.Enqueue(record, position);

        // One more than the page tells whether there is a next one, so that no listing ends with an empty page.
        if (_lastOnTop.Count > _query.PageSize + 1)
        {
            _lastOnTop.Dequeue();
        }
    }

    public CostPage ToPage()
    {
        var hasMore = _lastOnTop.Count > _query.PageSize;
        if (hasMore)
        {
            _lastOnTop.Dequeue();
        }

        var records = new CostRecord[_lastOnTop.Count];
        for (var i = records.Length - 1; i >= 0; i--)
        {
            records[i] = _lastOnTop.Dequeue();
        }

        return new(records, hasMore ? CostPosition.Of(records[^1]).ToCursor(_query) : null);
    }

    private int Compare(CostPosition left, CostPosition right) => left.CompareTo(right) * _direction;
}
