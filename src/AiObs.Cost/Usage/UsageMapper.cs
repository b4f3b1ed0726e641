using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>Turns token counts into the quantities that prices are for.</summary>
/// <param name="map">The application's own mapping, asked first; where it answers <see langword="null"/>, fails or takes too long, the built-in one holds.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="faults">Counts what goes wrong.</param>
internal sealed class UsageMapper(Func<TokenUsage, IEnumerable<UsageQuantity>?>? map, TimeSpan limit, Faults faults)
{
    private const string Part = "usage_mapping";

    private readonly Callback _callback = new(Part, limit, faults);

    /// <summary>Returns the usage of so many tokens of which nothing else is known.</summary>
    public static UsageQuantities Tokens(long input, long output)
    {
        var draft = default(UsageDraft);
        draft.Add(UsageUnits.Input, input);
        draft.Add(UsageUnits.Output, output);
        return draft.ToUsage().Quantities;
    }

    /// <summary>Returns what a call used, as far as it was reported.</summary>
    /// <param name="usage">The counts; <see langword="null"/> when none were reported.</param>
    /// <param name="kind">What kind of call it was: an embedding has no output.</param>
    /// <param name="leavesThoughtsOut">Whether the provider is known to count what a model thinks in the total alone.</param>
    public CallUsage Map(TokenUsage? usage, OperationKind kind, bool leavesThoughtsOut = false)
    {
        if (usage is null)
        {
            return new(UsageQuantities.Empty, false, "no usage was reported");
        }

        var own = map is null ? null : faults.Get(Part, (Mapper: this, usage), static state => state.Mapper.MapOwn(state.usage));
        return own is null ? MapBuiltIn(usage, kind, leavesThoughtsOut) : new(own, false, null);
    }

    /// <summary>Takes a negative count, with which some servers say that they do not know, for none.</summary>
    internal static long? Known(long? count) => count >= 0 ? count : null;

    private UsageQuantities? MapOwn(TokenUsage usage) => _callback.TryRun(
        (map, usage), static state => state.map!(state.usage) is { } quantities ? new UsageQuantities(quantities) : null, limit, out var own) ? own : null;

    private static CallUsage MapBuiltIn(TokenUsage usage, OperationKind kind, bool leavesThoughtsOut)
    {
        var draft = default(UsageDraft);
        var further = FurtherCounts.Read(usage.AdditionalCounts);
        var totals = TokenTotals.Of(usage, kind, leavesThoughtsOut, ref draft);
        draft.Add(UsageUnits.Input, totals.Input);
        AddInputParts(ref draft, usage, totals.Input, in further);
        draft.Add(UsageUnits.Output, totals.Output);
        AddOutputParts(ref draft, usage, totals.Output, in further);
        draft.Add(UsageUnits.WebSearches, further[FurtherCount.WebSearches]);
        draft.Add(UsageUnits.StorageSearches, further[FurtherCount.StorageSearches]);
        draft.Add(UsageUnits.SocialSearches, further[FurtherCount.SocialSearches]);
        draft.Add(UsageUnits.CodeExecutions, further[FurtherCount.CodeExecutions]);
        if (further[FurtherCount.ImageGenerations] is not null)
        {
            draft.LeaveOut("no rate for image_generations");
        }

        if (further[FurtherCount.OtherTools] is not null)
        {
            draft.LeaveOut("no rate for hosted_tool_calls");
        }

        if (further[FurtherCount.OtherRounds] is not null)
        {
            draft.LeaveOut("rounds that do not cost what the model costs are left out");
        }

        return draft.ToUsage();
    }

    private static void AddInputParts(ref UsageDraft draft, TokenUsage usage, long? input, in FurtherCounts further)
    {
        if (usage.IsCacheCut)
        {
            draft.Estimate("more cached tokens were reported than input_tokens, of which they are a part; counted as all of them");
        }

        var read = draft.AddPart(UsageUnits.CacheRead, Known(usage.CacheRead), UsageUnits.Input, input);
        var write = AddCacheWrites(ref draft, usage, input - read, in further);
        draft.AddPart(UsageUnits.InputTool, further[FurtherCount.InputTool], UsageUnits.Input, input);

        // What was read from the cache may be audio, images or video too. By how much is only certain where they would not all fit otherwise.
        var room = new MediaRoom(read, (input ?? 0) - read - write);
        var audio = room.Add(ref draft, MediaUnits.Audio, Known(usage.InputAudio), further[FurtherCount.CacheAudioRead]);
        var image = room.Add(ref draft, MediaUnits.Image, further[FurtherCount.InputImage], further[FurtherCount.CacheImageRead]);
        var video = room.Add(ref draft, MediaUnits.Video, further[FurtherCount.InputVideo], further[FurtherCount.CacheVideoRead]);
        if (Known(usage.InputText) is { } text && text <= input - audio - image - video)
        {
            draft.Add(UsageUnits.InputText, text);
        }
    }

    private static long AddCacheWrites(ref UsageDraft draft, TokenUsage usage, long? input, in FurtherCounts further)
    {
        var (hour, minutes) = (further[FurtherCount.CacheWrite1h], further[FurtherCount.CacheWrite5m]);
        var all = Known(usage.CacheWrite) ?? (hour is null && minutes is null ? null : (hour ?? 0) + (minutes ?? 0));
        var write = draft.AddPart(UsageUnits.CacheWrite, all, UsageUnits.Input, input);
        var ofHour = draft.AddPart(UsageUnits.CacheWrite1h, hour, UsageUnits.CacheWrite, write);
        draft.AddPart(UsageUnits.CacheWrite5m, minutes, UsageUnits.CacheWrite, write - ofHour);
        return write;
    }

    private static void AddOutputParts(ref UsageDraft draft, TokenUsage usage, long? output, in FurtherCounts further)
    {
        draft.AddPart(UsageUnits.OutputCitation, further[FurtherCount.OutputCitation], UsageUnits.Output, output);
        draft.AddPart(UsageUnits.OutputReasoning, Known(usage.Reasoning), UsageUnits.Output, output);
        var audio = draft.AddPart(UsageUnits.OutputAudio, Known(usage.OutputAudio), UsageUnits.Output, output);
        var image = draft.AddPart(UsageUnits.OutputImage, further[FurtherCount.OutputImage], UsageUnits.Output, output - audio);
        var video = draft.AddPart(UsageUnits.OutputVideo, further[FurtherCount.OutputVideo], UsageUnits.Output, output - audio - image);
        if (Known(usage.OutputText) is { } text && text <= output - audio - image - video)
        {
            draft.Add(UsageUnits.OutputText, text);
        }
    }
}
