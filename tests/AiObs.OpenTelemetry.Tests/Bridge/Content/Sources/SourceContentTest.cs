using System.Diagnostics;
using AiObs.TestSupport;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Sources;

/// <summary>What becomes of the content on the spans of one library, in every mode: whole dictionaries out.</summary>
[Collection(KnownSources.Name)]
public abstract class SourceContentTest
{
    /// <summary>Gets what stands on the span where neither side shows content.</summary>
    protected abstract Dictionary<string, object?> Facts { get; }

    /// <summary>Gets the library's own content.</summary>
    protected abstract Dictionary<string, object?> Theirs { get; }

    /// <summary>Gets what we add where content may stand on spans.</summary>
    protected abstract Dictionary<string, object?> Ours { get; }

    /// <summary>Gets what is different where the text of requests is hidden.</summary>
    protected abstract Dictionary<string, object?> Hidden { get; }

    /// <summary>Gets what is different where mail addresses are redacted.</summary>
    protected abstract Dictionary<string, object?> Redacted { get; }

    /// <summary>Gets the bodies of the library's events, of all, and as they are then.</summary>
    protected virtual (string[] Plain, string[] Hidden, string[] Redacted) Bodies => ([], [], []);

    [Fact]
    public void Stop_ContentIsNotCaptured_LeavesTheirsAndAddsNone() => Check(ContentCapture.None, Merge(Facts, FlatNames, Theirs), Bodies.Plain);

    [Fact]
    public void Stop_ContentIsCaptured_LeavesTheirsAndAddsOurs() => Check(ContentCapture.Spans, Merge(Facts, Theirs, Ours), Bodies.Plain);

    [Fact]
    public void Stop_TextOfRequestsIsHidden_HidesTheirsToo() => Check(
        ContentCapture.Spans, Merge(Facts, Theirs, Ours, Hidden), Bodies.Hidden, options => options.HideInputText = true);

    [Fact]
    public void Stop_AddressesAreRedacted_RedactsTheirsToo() => Check(
        ContentCapture.Spans, Merge(Facts, Theirs, Ours, Redacted), Bodies.Redacted, options => options.RedactionRules = RedactionRules.Email);

    [Fact]
    public void Stop_HiddenAndNotCaptured_RemovesTheirs() => Check(
        ContentCapture.None, Merge(Facts, Names, FlatNames), NoBodies(), options => options.HideInputText = true);

    [Fact]
    public void Stop_Remove_RemovesTheirsWithoutAnythingHidden() => Check(
        ContentCapture.None, Merge(Facts, Names, FlatNames), NoBodies(), mode: ForeignContentMode.Remove);

    [Fact]
    public void Stop_Keep_LeavesTheirsWhateverIsHidden() => Check(
        ContentCapture.None, Merge(Facts, Theirs), Bodies.Plain, options => options.HideInputs = options.HideOutputs = true, ForeignContentMode.Keep);

    /// <summary>Gets the names of offered tools as the GenAI convention has them, which are no content.</summary>
    protected virtual Dictionary<string, object?> Names => [];

    /// <summary>Gets the same as OpenInference has them.</summary>
    protected virtual Dictionary<string, object?> FlatNames => [];

    /// <summary>Writes the span as the library does.</summary>
    private protected abstract Activity Write(BridgeScene scene);

    /// <summary>Adds the events with their bodies to a span.</summary>
    private protected Activity WithBodies(Activity span)
    {
        foreach (var body in Bodies.Plain)
        {
            var place = body.IndexOf(' ', StringComparison.Ordinal);
            span.AddEvent(ForeignSpans.Event(body[..place], (ForeignSpans.EventContent, body[(place + 1)..])));
        }

        return span;
    }

    private void Check(
        ContentCapture capture,
        Dictionary<string, object?> expected,
        string[] bodies,
        Action<PrivacyOptions>? privacy = null,
        ForeignContentMode mode = ForeignContentMode.FollowPrivacy)
    {
        using var scene = new BridgeScene(
            root => root.Configure(options =>
            {
                options.CaptureContent = capture;
                privacy?.Invoke(options.Privacy);
            }),
            options => options.ForeignContent = mode);

        Write(scene).Dispose();
        scene.Flush();

        var span = Assert.Single(scene.Exporter.Spans);
        SpanAssert.Attributes(expected, span.Attributes);
        Assert.Equal(bodies, span.Events
            .Where(item => item.Attributes.ContainsKey(ForeignSpans.EventContent))
            .Select(item => $"{item.Name} {item.Attributes[ForeignSpans.EventContent]}"));
    }

    private string[] NoBodies() => [.. Bodies.Plain.Select(static body => $"{body.Split(' ')[0]} __REDACTED__")];

    /// <summary>Puts dictionaries over one another; a null takes the key away.</summary>
    private static Dictionary<string, object?> Merge(params Dictionary<string, object?>[] layers)
    {
        var merged = new Dictionary<string, object?>();
        foreach (var (key, value) in layers.SelectMany(static layer => layer))
        {
            merged[key] = value;
        }

        return merged.Where(static pair => pair.Value is not null).ToDictionary();
    }
}
