using System.Runtime.CompilerServices;
using AiObs.Cost.Pricing;

namespace AiObs.Cost.Usage;

/// <summary>Collects the quantities of one call, and why they are not all that there is to know.</summary>
internal ref struct UsageDraft
{
    private Quantities _quantities;
    private int _count;
    private string? _reason;
    private bool _isPartial;
    private bool _isEstimated;
    private string? _estimateMattersTo;

    public void Add(string unit, long? quantity)
    {
        if (quantity is { } known)
        {
            _quantities[_count++] = new(unit, known);
        }
    }

    /// <summary>Adds a quantity that is part of another, if it can be.</summary>
    /// <returns>The quantity that was added; otherwise 0.</returns>
    public long AddPart(string unit, long? part, string wholeUnit, long? whole)
    {
        if (part > (whole ?? 0))
        {
            LeaveOut($"{unit} ({part}) exceeds {wholeUnit} ({whole ?? 0})");
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
        _count == 0 ? UsageQuantities.Empty : UsageQuantities.Of(((ReadOnlySpan<UsageQuantity>)_quantities)[.._count]),
        _isEstimated,
        _reason)
    {
        IsPartial = _isPartial,
        EstimateMattersTo = _estimateMattersTo,
    };

    private void AddReason(string reason) => _reason = _reason is null ? reason : $"{_reason}; {reason}";

    [InlineArray(20)]
    private struct Quantities
    {
        private UsageQuantity _first;
    }
}
