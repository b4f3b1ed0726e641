using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>Fills in by estimates what was not reported.</summary>
internal static class UsageEstimation
{
    /// <summary>Returns what a chat used of which not everything was reported: a stream without usage, or one that was left early.</summary>
    /// <param name="mapper">Maps what was reported.</param>
    /// <param name="reported">What was reported, which may end before the stream did; <see langword="null"/> when nothing was.</param>
    /// <param name="input">The estimate of the request.</param>
    /// <param name="output">The estimate of what was delivered.</param>
    /// <returns>The reported usage where it covers what was delivered; otherwise one that says that it is estimated.</returns>
    public static CallUsage Complete(UsageMapper mapper, TokenUsage? reported, TokenEstimate input, TokenEstimate output)
    {
        if (HasTotalOnly(reported) && reported!.Total >= output.Tokens)
        {
            // A text does not tell more than a count of everything, only where it goes.
            return mapper.Map(reported, OperationKind.Chat);
        }

        var isInputKnown = UsageMapper.Known(reported?.Input) is not null;
        var isOutputKnown = UsageMapper.Known(reported?.Output) >= output.Tokens;
        if (isInputKnown && isOutputKnown)
        {
            return mapper.Map(reported, OperationKind.Chat);
        }

        var inputTokens = isInputKnown ? reported!.Input!.Value : input.Tokens;
        var outputTokens = isOutputKnown ? reported!.Output!.Value : output.Tokens;
        var usage = mapper.Map(
            (reported ?? new()) with { Input = inputTokens, Output = outputTokens, Total = inputTokens + outputTokens }, OperationKind.Chat);
        var isPartial = (!isInputKnown && input.IsPartial) || (!isOutputKnown && output.IsPartial);
        return usage with
        {
            IsEstimated = true,
            IsPartial = usage.IsPartial || isPartial,
            EstimateMattersTo = null,
            Reason = Join(ReasonFor(isInputKnown, isOutputKnown), isPartial ? "images, sound and files are not counted" : null, usage.Reason),
        };
    }

    private static bool HasTotalOnly(TokenUsage? reported) =>
        UsageMapper.Known(reported?.Total) is not null && UsageMapper.Known(reported!.Input) is null && UsageMapper.Known(reported.Output) is null;

    private static string ReasonFor(bool isInputKnown, bool isOutputKnown) => (isInputKnown, isOutputKnown) switch
    {
        (true, _) => "the output was estimated from the text that was delivered",
        (_, true) => "the input was estimated from the text of the request",
        _ => "input and output were estimated from their text",
    };

    private static string Join(params ReadOnlySpan<string?> reasons)
    {
        var joined = reasons[0]!;
        foreach (var reason in reasons[1..])
        {
            joined = reason is null ? joined : $"{joined}; {reason}";
        }

        return joined;
    }
}
