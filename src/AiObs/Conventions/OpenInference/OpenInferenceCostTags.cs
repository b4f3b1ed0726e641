using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>The OpenInference attributes of what a model call cost.</summary>
internal static class OpenInferenceCostTags
{
    public static void Write(SpanTags tags, ModelOperation operation)
    {
        if (operation.Cost is not { } cost)
        {
            tags.Add(OpenInferenceAttributes.CostTotal, (double?)operation.ReportedCost);
            return;
        }

        // Parts that were computed are no parts of an amount that somebody else computed.
        if (cost.Source != PriceSource.Reported)
        {
            var receipt = cost.Receipt;
            tags.Add(OpenInferenceAttributes.CostPrompt, (double?)receipt.Input);
            if (operation is ChatOperation)
            {
                tags.Add(OpenInferenceAttributes.CostCompletion, (double?)receipt.Output);
            }

            WriteDetails(tags, receipt.Lines);
        }

        tags.Add(OpenInferenceAttributes.CostTotal, (double?)cost.Total);
    }

    /// <summary>Writes the parts of the input and the output; each line of the receipt is in one of them.</summary>
    private static void WriteDetails(SpanTags tags, IReadOnlyList<CostLine> lines)
    {
        decimal? input = null, cacheRead = null, cacheWrite = null, inputAudio = null, output = null, reasoning = null, outputAudio = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            switch (line.Direction)
            {
                case CostDirection.Input when IsCache(line.Unit):
                    Add(ref Has(line.Unit, "write") ? ref cacheWrite : ref cacheRead, line.Amount);
                    break;
                case CostDirection.Input:
                    Add(ref Has(line.Unit, "audio") ? ref inputAudio : ref input, line.Amount);
                    break;
                case CostDirection.Output when Has(line.Unit, "reasoning"):
                    Add(ref reasoning, line.Amount);
                    break;
                case CostDirection.Output:
                    Add(ref Has(line.Unit, "audio") ? ref outputAudio : ref output, line.Amount);
                    break;
            }
        }

        tags.Add(OpenInferenceAttributes.CostInput, (double?)input);
        tags.Add(OpenInferenceAttributes.CostCacheRead, (double?)cacheRead);
        tags.Add(OpenInferenceAttributes.CostCacheWrite, (double?)cacheWrite);
        tags.Add(OpenInferenceAttributes.CostInputAudio, (double?)inputAudio);
        tags.Add(OpenInferenceAttributes.CostOutput, (double?)output);
        tags.Add(OpenInferenceAttributes.CostReasoning, (double?)reasoning);
        tags.Add(OpenInferenceAttributes.CostOutputAudio, (double?)outputAudio);
    }

    private static bool IsCache(string unit) => unit.StartsWith("cache_", StringComparison.Ordinal);

    private static bool Has(string unit, string word) => unit.Contains(word, StringComparison.Ordinal);

    private static void Add(ref decimal? sum, decimal amount) => sum = sum is { } known ? known + amount : amount;
}
