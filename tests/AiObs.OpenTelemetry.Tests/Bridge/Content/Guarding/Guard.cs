using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>Runs the guard of a root over a span, and returns it as exporters of ours send it.</summary>
internal static class Guard
{
    public static Activity Run(
        Activity span,
        Action<PrivacyOptions>? privacy = null,
        ForeignContentMode mode = ForeignContentMode.FollowPrivacy,
        ContentCapture capture = ContentCapture.Spans,
        AgentOperation? operation = null)
    {
        using var root = AgentObservability.Create(builder => builder.Configure(options =>
        {
            options.CaptureContent = capture;
            privacy?.Invoke(options.Privacy);
        }));
        new ForeignContentGuard(mode, root.Pipeline).Apply(span, operation);
        return ShownEvents.CopyOf(span);
    }
}
