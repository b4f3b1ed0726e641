using System.Security.Cryptography;

namespace AiObs.Cost.Ledger;

/// <summary>The ids that one erasure puts in the place of others: the same one for the same, so that what belonged together still adds up. They are random, and nothing is kept of which is whose.</summary>
internal sealed class Pseudonyms
{
    private const int Digits = 32;

    private readonly Dictionary<string, string> _byId = new(StringComparer.Ordinal);

    /// <summary>Returns what stands in the place of an id; <see langword="null"/> where there is none.</summary>
    public string? Of(string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (!_byId.TryGetValue(id, out var pseudonym))
        {
            pseudonym = $"erased-{RandomNumberGenerator.GetHexString(Digits, lowercase: true)}";
            _byId.Add(id, pseudonym);
        }

        return pseudonym;
    }
}
