using AiObs.Cost.Pricing;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Libraries.Tests;

/// <summary>How a run is set up.</summary>
internal sealed class LibraryRunOptions
{
    public ContentMode Content { get; init; } = ContentMode.On;

    /// <summary>Gets what else is set on the root's options.</summary>
    public Action<AgentObservabilityOptions>? Set { get; init; }

    /// <summary>Gets the names of further sources of model spans.</summary>
    public string[] FurtherSources { get; init; } = [];

    public void Configure(AgentObservabilityBuilder builder) => builder.AddCostTracking(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider).Configure(Apply);

    private void Apply(AgentObservabilityOptions options)
    {
        options.CaptureContent = Content == ContentMode.Off ? ContentCapture.None : ContentCapture.All;
        if (Content == ContentMode.Masked)
        {
            options.Privacy.RedactionRules = RedactionRules.Email;
            options.Privacy.RedactText = static (_, text) => text.Replace("Paris", "[city]", StringComparison.Ordinal);
        }

        options.Privacy.HideInputs = options.Privacy.HideOutputs = Content == ContentMode.Hidden;
        Set?.Invoke(options);
    }
}
