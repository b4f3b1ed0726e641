using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Where the latest answers stand, by their ids, so that what is said of one later finds its span.</summary>
internal sealed class RecentAnswers
{
    /// <summary>How many are known.</summary>
    public const int Capacity = 4_096;

    private const int LongestId = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Notes the answer of an operation that has one; a later one of the same id is the same answer and changes nothing.</summary>
    public void Note(AgentOperation ended)
    {
        if (ended is not ChatOperation { IsReplay: false, ResponseId: { Length: > 0 and <= LongestId } id } answered)
        {
            return;
        }

        var place = new Place(answered.Activity?.Context ?? default, answered.Context.ConversationId, answered.Context.SessionId);
        lock (_lock)
        {
            if (!_places.TryAdd(id, place))
            {
                return;
            }

            _order.Enqueue(id);
            if (_order.Count > Capacity)
            {
                _places.Remove(_order.Dequeue());
            }
        }
    }

    public Place? Find(string id)
    {
        lock (_lock)
        {
            return _places.TryGetValue(id, out var place) ? place : null;
        }
    }

    /// <summary>Where an answer stands.</summary>
    /// <param name="Span">Its span; none where nobody sampled it.</param>
    /// <param name="ConversationId">The conversation.</param>
    /// <param name="SessionId">The session.</param>
    internal readonly record struct Place(ActivityContext Span, string? ConversationId, string? SessionId);
}
