using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content;

/// <summary>Whatever stands on a span: nothing is thrown, and nothing that may not be shown is left.</summary>
public sealed class ForeignContentProperties
{
    private static readonly Config Quiet = Fuzz.Config().WithMaxTest(200);

    private static void ForAll(Action<Activity> body) => Check.One(Quiet, Prop.ForAll(RandomContent.Spans, body));

    [Fact]
    public void Read_Anything_IsReadAndRecorded() => ForAll(static span =>
    {
        var content = ForeignContent.Read(span);

        Recorded.Json(content.Input);
        Recorded.Json(content.Output);
    });

    [Fact]
    public void Apply_EverythingIsHidden_LeavesNothing() => ForAll(span => AssertNoSecret(span, static options =>
    {
        options.HideInputs = true;
        options.HideOutputs = true;
    }));

    [Fact]
    public void Apply_EverythingIsRedacted_LeavesNothing() => ForAll(span => AssertNoSecret(
        span, static options => options.RedactText = static (_, text) => text.Replace(RandomContent.Secret, "[X]", StringComparison.Ordinal)));

    [Fact]
    public void Apply_TheRedactorThrows_LeavesNothing() => ForAll(span => AssertNoSecret(
        span, static options => options.RedactText = static (_, _) => throw new InvalidOperationException()));

    [Fact]
    public void Apply_ContentIsNotCaptured_LeavesNothingButKeysThatNobodyKnows() => ForAll(span =>
    {
        span.SetTag("my.text", null);
        AssertNoSecret(span, static _ => { }, ForeignContentMode.Remove, ContentCapture.None);
    });

    private static void AssertNoSecret(
        Activity span,
        Action<PrivacyOptions> privacy,
        ForeignContentMode mode = ForeignContentMode.FollowPrivacy,
        ContentCapture capture = ContentCapture.Spans)
    {
        span.SetCustomProperty("__EnableSensitiveData__", "true");

        var shown = Guarding.Guard.Run(span, privacy, mode, capture);

        Assert.Empty(new CanaryScan(RandomContent.Secret).Search([shown]).Hits);
    }
}
