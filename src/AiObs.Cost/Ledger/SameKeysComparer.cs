using System.Diagnostics.CodeAnalysis;

namespace AiObs.Cost.Ledger;

/// <summary>Takes records for equal that count to the same rows.</summary>
internal sealed class SameKeysComparer : IEqualityComparer<CostRecord>
{
    public static SameKeysComparer Instance { get; } = new();

    public bool Equals(CostRecord? x, CostRecord? y) =>
        ReferenceEquals(x, y)
        || (x is not null
            && y is not null
            && x.ConversationId == y.ConversationId
            && x.UserId == y.UserId
            && x.SessionId == y.SessionId
            && x.Model == y.Model
            && x.Provider == y.Provider
            && x.AgentName == y.AgentName
            && DayOf(x) == DayOf(y)
            && HaveSameTags(x.Tags, y.Tags));

    public int GetHashCode([DisallowNull] CostRecord obj)
    {
        var hash = HashCode.Combine(obj.ConversationId, obj.UserId, obj.Model, DayOf(obj));

        // A context that has one of both ids uses it as the other one too: hashing it twice would tell nothing.
        if (!ReferenceEquals(obj.SessionId, obj.ConversationId))
        {
            hash = HashCode.Combine(hash, obj.SessionId);
        }

        for (var i = 0; i < obj.Tags.Count; i++)
        {
            hash = HashCode.Combine(hash, obj.Tags[i]);
        }

        return hash;
    }

    private static long DayOf(CostRecord record) => record.Time.UtcTicks / TimeSpan.TicksPerDay;

    private static bool HaveSameTags(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        var count = left.Count;
        if (count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (left[i] != right[i])
            {
                return false;
            }
        }

        return true;
    }
}
