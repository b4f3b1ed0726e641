using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>What an attribute holds, and which way it goes.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Side">Which way it goes; <see langword="null"/> where this is not known, and both ways count.</param>
internal readonly record struct ContentPlace(ContentKind Kind, ContentSide? Side)
{
    public static ContentPlace In(ContentKind kind) => new(kind, ContentSide.Input);

    public static ContentPlace Out(ContentKind kind) => new(kind, ContentSide.Output);

    public static ContentPlace Of(ContentKind kind) => new(kind, Side: null);
}
