using System.Security.Cryptography;

namespace AiObs.Cost;

/// <summary>What a call cost, and what it would cost under a <see cref="CostScenario"/>.</summary>
/// <param name="Record">The record as it is.</param>
/// <param name="Receipt">The receipt of the same usage under the scenario; unpriced, with the reason, where there is no price.</param>
public sealed record CostComparison(CostRecord Record, CostReceipt Receipt)
{
    /// <summary>Gets the amount that stands; <see langword="null"/> when unpriced. For a correction that is the corrected amount, not the difference.</summary>
    public decimal? Before => Record.Corrects is null ? Record.Total : Record.Receipt.Total;

    /// <summary>Gets the amount under the scenario; <see langword="null"/> when unpriced.</summary>
    public decimal? After => Receipt.Total;

    /// <summary>Gets by how much the call would be dearer; <see langword="null"/> when either amount is not known.</summary>
    public decimal? Difference => After - Before;

    /// <summary>Makes the record that brings the sum to the new amount: the difference, or the whole amount where there was none.</summary>
    /// <returns>
    /// The correction, with the ids, the time and the models of the call, so that it counts to the same totals; <see langword="null"/> when
    /// the amount stays as it is, or is not known under the scenario. Its id follows from that of the record, so making it twice makes the same one.
    /// </returns>
    public CostRecord? ToCorrection() => After is null || After == Before
        ? null
        : Record with
        {
            Id = IdOfCorrection(Record.Id),
            Corrects = Record.Id,
            CorrectedCompleteness = Record.Completeness,
            Total = After - (Before ?? 0),
            ReportedTotal = null,
            Receipt = Receipt,
        };

    /// <summary>Makes a UUID of version 8 out of a hash: a record has one correction, so nothing but its id is needed.</summary>
    private static Guid IdOfCorrection(Guid corrected)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. "correction of "u8, .. corrected.ToByteArray(bigEndian: true)], bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
