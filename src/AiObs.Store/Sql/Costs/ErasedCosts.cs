using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>The records whose ids were erased: nobody can erase one more, or change what stands there now, without its saying so.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Hash">What their places and ids give when they are hashed one after the other; <see langword="null"/> where there are none.</param>
internal sealed record ErasedCosts(long Count, byte[]? Hash)
{
    public static ErasedCosts None { get; } = new(0, null);

    /// <summary>Returns the same with one more record, in the order of places.</summary>
    public ErasedCosts With(EventChain chain, long sequence, CostIds ids)
    {
        using var bytes = new CanonicalBytes("aiobs.costs.erased.1"u8);
        bytes.Add(Hash);
        bytes.Add(sequence);
        bytes.Add(ids.Conversation);
        bytes.Add(ids.User);
        bytes.Add(ids.Session);
        return new ErasedCosts(Count + 1, chain.Hash(bytes.Written));
    }

    public bool IsSameAs(ErasedCosts other) => Count == other.Count && Hash.AsSpan().SequenceEqual(other.Hash);
}
