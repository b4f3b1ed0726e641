using System.Security.Cryptography;
using AiObs.Cost.Ledger;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Whom a record is of: what an erasure replaces. The chain has a salted hash in the place of it, so that records verify without.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="User">The end user.</param>
/// <param name="Session">The session.</param>
internal sealed record CostIds(string? Conversation, string? User, string? Session)
{
    public static CostIds None { get; } = new(null, null, null);

    public bool IsEmpty => Conversation is null && User is null && Session is null;

    public byte[] CommitmentWith(byte[] salt)
    {
        using var bytes = new CanonicalBytes("aiobs.cost.ids.1"u8);
        bytes.Add(salt);
        bytes.Add(Conversation);
        bytes.Add(User);
        bytes.Add(Session);
        return SHA256.HashData(bytes.Written);
    }

    /// <summary>Returns other ids in the place of those that there are.</summary>
    public CostIds Replace(Pseudonyms pseudonyms) => new(pseudonyms.Of(Conversation), pseudonyms.Of(User), pseudonyms.Of(Session));
}
