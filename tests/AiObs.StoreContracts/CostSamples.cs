using System.Globalization;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.StoreContracts;

/// <summary>Makes cost records whose ids and times follow from a number.</summary>
public static class CostSamples
{
    /// <summary>When call 0 started; each further one starts a minute later.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the record of a call that nobody is named for.</summary>
    public static CostRecord Call(int number, decimal? total = 0.25m) => new()
    {
        Id = IdOf(number),
        CallId = string.Create(CultureInfo.InvariantCulture, $"call-{number}"),
        Time = Start.AddMinutes(number),
        Total = total,
        Receipt = Receipt(total, total is null ? CostCompleteness.Unpriced : CostCompleteness.Exact),
    };

    /// <summary>Makes a correction by a difference.</summary>
    public static CostRecord Correction(int number, CostRecord corrected, decimal difference) => corrected with
    {
        Id = IdOf(number),
        Corrects = corrected.Id,
        CorrectedCompleteness = corrected.Receipt.Completeness,
        Total = difference,
        Receipt = Receipt((corrected.Receipt.Total ?? 0) + difference, CostCompleteness.Exact),
    };

    /// <summary>Makes a receipt of 100 input and 10 output tokens.</summary>
    public static CostReceipt Receipt(decimal? total, CostCompleteness completeness) => new()
    {
        Usage = Usage(100, 10),
        Completeness = completeness,
        Input = total,
        Output = total is null ? null : 0,
        Total = total,
    };

    /// <summary>Makes a usage; what is null was not reported.</summary>
    public static UsageQuantities Usage(long? input, long? output)
    {
        List<UsageQuantity> quantities = [];
        if (input is not null)
        {
            quantities.Add(new("input_tokens", input.Value));
        }

        if (output is not null)
        {
            quantities.Add(new("output_tokens", output.Value));
        }

        return new(quantities);
    }

    /// <summary>Returns the id that belongs to a number; ids sort as their numbers do.</summary>
    public static Guid IdOf(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}
