using System.Diagnostics;
using AiObs.OpenTelemetry.Sampling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Exports the interesting traces and a part of the ordinary ones, with any exporter.</summary>
/// <remarks>Exporters of ours take the same by their option <c>KeepInteresting</c>.</remarks>
public static class AiObsKeepInterestingExtensions
{
    /// <summary>Adds an exporter that gets batches of spans, of interesting traces and of a part of the ordinary ones alone.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="exporter">The exporter.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:KeepInteresting</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="exporter"/> is <see langword="null"/>.</exception>
    /// <remarks>Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.</remarks>
    public static TracerProviderBuilder AddKeepInteresting(
        this TracerProviderBuilder builder, BaseExporter<Activity> exporter, Action<KeepInterestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(exporter);
        return builder.AddKeepInteresting(_ => new BatchActivityExportProcessor(exporter), configure);
    }

    /// <summary>Adds a processor that gets the spans of interesting traces and of a part of the ordinary ones alone.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="createProcessor">Makes the processor, from the services of the provider, when the provider is built.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:KeepInteresting</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="createProcessor"/> is <see langword="null"/>.</exception>
    /// <remarks>Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.</remarks>
    public static TracerProviderBuilder AddKeepInteresting(
        this TracerProviderBuilder builder,
        Func<IServiceProvider, BaseProcessor<Activity>> createProcessor,
        Action<KeepInterestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(createProcessor);
        return ((IDeferredTracerProviderBuilder)builder).Configure((services, deferred) =>
        {
            var options = new KeepInterestingOptions();
            services.GetService<IConfiguration>()?.GetSection(KeepInterestingOptions.SectionName).Bind(options);
            configure?.Invoke(options);
            KeepInterestingOptionsValidator.ThrowIfWrong(options);
            deferred.AddProcessor(KeepInterestingInServices.Wrap(createProcessor(services), options, services));
        });
    }
}
