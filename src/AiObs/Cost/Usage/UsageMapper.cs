using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>Turns token counts into the quantities that prices are for.</summary>
/// <param name="map">The application's own mapping, asked first; where it answers <see langword="null"/>, or fails, the built-in one holds.</param>
/// <param name="faults">Counts what goes wrong.</param>
internal sealed class UsageMapper(Func<TokenUsage, IEnumerable<UsageQuantity>?>? map, Faults faults)
{
    private const string Part = "usage_mapping";

    /// <summary>Returns the usage of so many tokens of which nothing else is known.</summary>
    public static UsageQuantities Tokens(long input, long output) =>
        UsageQuantities.Of([new(UsageKeys.Input, input), new(UsageKeys.Output, output)]);

    /// <summary>Returns what a call used, as far as it was reported.</summary>
    /// <param name="usage">The counts; <see langword="null"/> when none were reported.</param>
    /// <param name="kind">What kind of call it was: an embedding has no output.</param>
    public CallUsage Map(TokenUsage? usage, OperationKind kind)
    {
        if (usage is null)
        {
            return new(UsageQuantities.Empty, false, "no usage was reported");
        }

        var own = map is null ? null : faults.Get(Part, (map, usage), static state =>
            state.map(state.usage) is { } quantities ? new UsageQuantities(quantities) : null);
        return own is null ? MapBuiltIn(usage, kind) : new(own, false, null);
    }

    /// <summary>Takes a negative count, with which some servers say that they do not know, for none.</summary>
    internal static long? Known(long? count) => count >= 0 ? count : null;

    private static CallUsage MapBuiltIn(TokenUsage usage, OperationKind kind)
    {
        var draft = default(UsageDraft);
        var further = FurtherCounts.Read(usage.AdditionalCounts);
        var totals = TokenTotals.Of(usage, kind, ref draft);
        draft.Add(UsageKeys.Input, totals.Input);
        AddInputParts(ref draft, usage, totals.Input, in further);
        draft.Add(UsageKeys.Output, totals.Output);
        AddOutputParts(ref draft, usage, totals.Output, in further);
        draft.Add(UsageKeys.WebSearches, further[FurtherCount.WebSearches]);
        draft.Add(UsageKeys.StorageSearches, further[FurtherCount.StorageSearches]);
        draft.Add(UsageKeys.SocialSearches, further[FurtherCount.SocialSearches]);
        draft.Add(UsageKeys.CodeExecutions, further[FurtherCount.CodeExecutions]);
        return draft.ToUsage();
    }

    private static void AddInputParts(ref UsageDraft draft, TokenUsage usage, long? input, in FurtherCounts further)
    {
        var read = draft.AddPart(UsageKeys.CacheRead, Known(usage.CacheRead), UsageKeys.Input, input);
        var write = AddCacheWrites(ref draft, usage, input - read, in further);
        draft.AddPart(UsageKeys.InputTool, further[FurtherCount.InputTool], UsageKeys.Input, input);

        // What was read from the cache may be audio or images too. By how much is only certain where they would not all fit otherwise.
        var room = new MediaRoom(read, (input ?? 0) - read - write);
        var audio = room.Add(ref draft, MediaKeys.Audio, Known(usage.InputAudio), further[FurtherCount.CacheAudioRead]);
        var image = room.Add(ref draft, MediaKeys.Image, further[FurtherCount.InputImage], further[FurtherCount.CacheImageRead]);
        if (Known(usage.InputText) is { } text && text <= input - audio - image)
        {
            draft.Add(UsageKeys.InputText, text);
        }
    }

    private static long AddCacheWrites(ref UsageDraft draft, TokenUsage usage, long? input, in FurtherCounts further)
    {
        var (hour, minutes) = (further[FurtherCount.CacheWrite1h], further[FurtherCount.CacheWrite5m]);
        var all = Known(usage.CacheWrite) ?? (hour is null && minutes is null ? null : (hour ?? 0) + (minutes ?? 0));
        var write = draft.AddPart(UsageKeys.CacheWrite, all, UsageKeys.Input, input);
        var ofHour = draft.AddPart(UsageKeys.CacheWrite1h, hour, UsageKeys.CacheWrite, write);
        draft.AddPart(UsageKeys.CacheWrite5m, minutes, UsageKeys.CacheWrite, write - ofHour);
        return write;
    }

    private static void AddOutputParts(ref UsageDraft draft, TokenUsage usage, long? output, in FurtherCounts further)
    {
        draft.AddPart(UsageKeys.OutputReasoning, Known(usage.Reasoning), UsageKeys.Output, output);
        var audio = draft.AddPart(UsageKeys.OutputAudio, Known(usage.OutputAudio), UsageKeys.Output, output);
        var image = draft.AddPart(UsageKeys.OutputImage, further[FurtherCount.OutputImage], UsageKeys.Output, output - audio);
        if (Known(usage.OutputText) is { } text && text <= output - audio - image)
        {
            draft.Add(UsageKeys.OutputText, text);
        }
    }
}
