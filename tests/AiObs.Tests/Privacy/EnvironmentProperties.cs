using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Tests.Privacy;

/// <summary>Whatever the environment says: reading it does not fail, options stay valid, and no content is recorded unless a value that is documented asks for it.</summary>
public sealed class EnvironmentProperties
{
    private const string Capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly string[] CapturingValues = ["TRUE", "1", "SPAN_ONLY", "EVENT_ONLY", "SPAN_AND_EVENT"];

    private static readonly Gen<string?> Values = Gen.Frequency(
        (2, HostileText.Optional),
        (2, Gen.Elements<string?>("true", "True", " 1 ", "0", "-1", "2147483648", "1e3", "٣", "SPAN_ONLY", "span_and_event", "NO_CONTENT", "gen_ai_latest_experimental,,x", "yes")));

    [Fact]
    public void Apply_AnyValues_LeavesValidOptionsAndRecordsNothingUnasked() => Fuzz.Check(Values.ListOf(30), static values =>
    {
        var read = new Dictionary<string, string?>();
        var next = values.GetEnumerator();
        var options = new AgentObservabilityOptions();

        EnvironmentDefaults.Apply(options, name => read.TryGetValue(name, out var known) ? known : read[name] = next.MoveNext() ? next.Current : null);

        AgentObservabilityOptionsValidator.ThrowIfInvalid(options);
        var asked = CapturingValues.Contains(read[Capture]?.Trim().ToUpperInvariant());
        Assert.Equal(asked, options.CaptureContent != ContentCapture.None);
    }, cases: 300);
}
