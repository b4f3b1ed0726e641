using System.Runtime.InteropServices;

namespace AiObs.Store.Events;

/// <summary>The latest events of a log, in the order of commits; positions are without gaps. Not thread-safe.</summary>
internal sealed class EventWindow
{
    private readonly Dictionary<Guid, long> _positions = [];
    private readonly List<StoredEvent> _rows = [];
    private int _dropped;

    public int Count => _rows.Count - _dropped;

    /// <summary>Gets the position of the oldest event, or of the next one where there is none.</summary>
    public long FirstPosition { get; private set; } = 1;

    public long NextPosition => FirstPosition + Count;

    public IEnumerable<StoredEvent> Rows => From(long.MinValue, newestFirst: false);

    public StoredEvent this[long position]
    {
        get => _rows[IndexOf(position)];
        set => _rows[IndexOf(position)] = value;
    }

    public StoredEvent? Find(Guid id) => _positions.TryGetValue(id, out var position) ? this[position] : null;

    public void Append(StoredEvent row)
    {
        _positions.Add(row.Facts.Id, row.Position);
        _rows.Add(row);
    }

    /// <summary>Drops the oldest events.</summary>
    /// <returns>The last of them.</returns>
    public StoredEvent Drop(int count)
    {
        var dropped = CollectionsMarshal.AsSpan(_rows).Slice(_dropped, count);
        var last = dropped[^1];
        foreach (var row in dropped)
        {
            _positions.Remove(row.Facts.Id);
        }

        dropped.Clear();
        _dropped += count;
        FirstPosition += count;
        Compact();
        return last;
    }

    /// <summary>Returns the events after a position, or those before it, from the newest down.</summary>
    public IEnumerable<StoredEvent> From(long position, bool newestFirst)
    {
        if (newestFirst)
        {
            for (var i = Math.Clamp(position, FirstPosition, NextPosition) - 1; i >= FirstPosition; i--)
            {
                yield return this[i];
            }
        }
        else
        {
            for (var i = Math.Clamp(position, FirstPosition - 1, NextPosition - 1) + 1; i < NextPosition; i++)
            {
                yield return this[i];
            }
        }
    }

    private int IndexOf(long position) => (int)(position - FirstPosition) + _dropped;

    /// <summary>Moves what is left to the front, rarely enough that dropping takes constant time.</summary>
    private void Compact()
    {
        if (_dropped > Count)
        {
            _rows.RemoveRange(0, _dropped);
            _dropped = 0;
        }
    }
}
