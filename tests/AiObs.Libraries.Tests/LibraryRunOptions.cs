using AiObs.OpenTelemetry;
using AiObs.Privacy;

namespace AiObs.Libraries.Tests;

/// <summary>How a run is set up.</summary>
internal sealed class LibraryRunOptions
{
    public ContentMode Content { get; init; } = ContentMode.On;

    /// <summary>Gets a value indicating whether a tracer provider listens.</summary>
    public bool IsListening { get; init; } = true;

    /// <summary>Gets what else is set on the root's options.</summary>
    public Action<AgentObservabilityOptions>? Configure { get; init; }

    /// <summary>Gets what else is added to the root.</summary>
    public Action<AgentObservabilityBuilder>? Build { get; init; }

    /// <summary>Gets what is set on the tracing options.</summary>
    public Action<AgentTracingOptions>? Trace { get; init; }

    public void Apply(AgentObservabilityOptions options)
    {
        options.CaptureContent = Content == ContentMode.Off ? ContentCapture.None : ContentCapture.All;
        if (Content == ContentMode.Masked)
        {
            options.Privacy.RedactionRules = RedactionRules.Email;
            options.Privacy.RedactText = static text => text.Replace("Paris", "[city]", StringComparison.Ordinal);
        }

        options.Privacy.HideInputs = options.Privacy.HideOutputs = Content == ContentMode.Hidden;
        Configure?.Invoke(options);
    }
}
