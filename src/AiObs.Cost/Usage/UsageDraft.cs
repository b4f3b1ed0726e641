using System.Runtime.CompilerServices;
using AiObs.Cost.Units;

namespace AiObs.Cost.Usage;

/// <summary>Collects the quantities of one call, and why they are not all that there is to know.</summary>
internal ref struct UsageDraft
{
    private Counts _counts;
    private ulong _reported;
    private string? _reason;
    private bool _isPartial;
    private bool _isEstimated;
    private string? _estimateMattersTo;

    public void Add(UsageUnit unit, long? count)
    {
        if (count is { } known)
        {
            _counts[unit.Index] = known;
            _reported |= unit.Bit;
        }
    }

    /// <summary>Adds a count that is part of another, if it can be.</summary>
    /// <returns>The count that was added; otherwise 0.</returns>
    public long AddPart(UsageUnit unit, long? part, UsageUnit wholeUnit, long? whole)
    {
        if (part > (whole ?? 0))
        {
            LeaveOut($"{unit.UsageKey} ({part}) exceeds {wholeUnit.UsageKey} ({whole ?? 0})");
            return 0;
        }

        if (whole is not null)
        {
            Add(unit, part);
        }

        return part ?? 0;
    }

    /// <summary>Says that something is not among the quantities.</summary>
    public void LeaveOut(string reason)
    {
        _isPartial = true;
        AddReason(reason);
    }

    /// <summary>Says that a quantity was estimated.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="mattersTo">The price key without which it has no part in the amount.</param>
    public void Estimate(string reason, string? mattersTo = null)
    {
        _estimateMattersTo = _isEstimated ? null : mattersTo;
        _isEstimated = true;
        AddReason(reason);
    }

    public readonly CallUsage ToUsage() => new(
        _reported == 0 ? UsageQuantities.Empty : new UsageQuantities(_reported, _counts),
        _isEstimated,
        _reason)
    {
        IsPartial = _isPartial,
        EstimateMattersTo = _estimateMattersTo,
    };

    private void AddReason(string reason) => _reason = _reason is null ? reason : $"{_reason}; {reason}";

    /// <summary>A place for each unit that there can be.</summary>
    [InlineArray(64)]
    private struct Counts
    {
        private long _first;
    }
}
