using AiObs.Pictures;

namespace AiObs.Cost.Tests.Golden;

/// <summary>What of a call is recorded, and in which conventions.</summary>
/// <param name="Name">Part of the file's name; empty for the default.</param>
/// <param name="Configure">Sets the options of each root.</param>
/// <param name="Parts">What differs from the default.</param>
internal sealed record Variant(string Name, Action<AgentObservabilityOptions> Configure, PictureParts Parts)
{
    public static readonly Variant Default = new("", static _ => { }, PictureParts.All);

    public static readonly IReadOnlyList<Variant> WithContent =
    [
        new("content", static options => options.CaptureContent = ContentCapture.All, PictureParts.All),
        new("genai", static options => Only(options, SpanConventions.GenAI), PictureParts.Spans),
        new("openinference", static options => Only(options, SpanConventions.OpenInference), PictureParts.Spans),
        new("latest", SetLatest, PictureParts.Spans | PictureParts.Metrics | PictureParts.Logs),
    ];

    /// <summary>Gets a value indicating whether what was said is recorded, and with it for whom.</summary>
    public bool HasContent => Name.Length > 0;

    private static void SetLatest(AgentObservabilityOptions options)
    {
        Only(options, SpanConventions.GenAI);
        options.GenAIProfile = GenAIProfile.Latest;
    }

    private static void Only(AgentObservabilityOptions options, SpanConventions conventions)
    {
        options.CaptureContent = ContentCapture.All;
        options.Conventions = conventions;
    }
}
