using System.Diagnostics.CodeAnalysis;
using AiObs.OpenTelemetry.Sampling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>Adds the exporter for a backend to a provider: its named options at once, and the exporter when the provider is built.</summary>
/// <param name="rule">What the backend asks for.</param>
/// <param name="bind">Binds a section: a call for each type of options, so that the binder is generated and trims.</param>
/// <param name="name">The name of the exporter; <see langword="null"/> for that of the backend.</param>
internal sealed class ExporterRegistration<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    BackendRule<TOptions> rule, Action<IConfiguration, TOptions> bind, string? name)
    where TOptions : BackendExporterOptionsBase
{
    private readonly string _name = name ?? rule.Name;

    public TracerProviderBuilder AddTo(TracerProviderBuilder builder, Action<TOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(_name, nameof(name));
        builder.ConfigureServices(services => AddOptions(services, configure));
        return ((IDeferredTracerProviderBuilder)builder).Configure(AddExporter);
    }

    private void AddOptions(IServiceCollection services, Action<TOptions>? configure)
    {
        if (services.Any(service => service.ImplementationInstance is ExporterName taken && taken.Value == _name))
        {
            throw new InvalidOperationException(
                $"An exporter named '{_name}' was added before. Give each one a name of its own, as in name: \"Other\".");
        }

        services.AddSingleton(new ExporterName(_name));
        services.AddSingleton<IValidateOptions<TOptions>>(new BackendOptionsValidator<TOptions>(_name, rule));
        services.AddOptions<TOptions>(_name).Configure<IServiceProvider>(ReadSettings);
        if (configure is not null)
        {
            services.Configure(_name, configure);
        }
    }

    private void ReadSettings(TOptions options, IServiceProvider services)
    {
        var configuration = services.GetService<IConfiguration>();
        rule.ReadEnvironment(options, variable => ReadVariable(configuration, variable));
        if (configuration is not null)
        {
            Bind(configuration.GetSection($"{BackendExporterOptionsBase.SectionName}:{_name}"), options);
        }
    }

    private void Bind(IConfigurationSection section, TOptions options)
    {
        try
        {
            bind(section, options);
        }
        catch (InvalidOperationException exception)
        {
            // The binder quotes the value, which may be a secret in the wrong place; of its text we keep the key alone.
            throw new OptionsValidationException(
                _name,
                typeof(TOptions),
                [$"{ConfiguredOptions.Unreadable(section, exception)} has a value that cannot be read. Give a number, a time such as 00:00:05, true or false, or a name that the option knows."]);
        }
    }

    private void AddExporter(IServiceProvider services, TracerProviderBuilder builder)
    {
        // Looked at first: where everything is off, the keys of a backend may well be missing.
        if (!ObservabilityInServices.Read(services).Enabled)
        {
            return;
        }

        var options = services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(_name);
        if (!options.Enabled)
        {
            return;
        }

        if (options.WriteUsageCost)
        {
            builder.AddProcessor(new UsageCostProcessor());
        }

        builder.ConfigureResource(resource => resource.AddAttributes(rule.ResourceOf(options).Select(static pair => KeyValuePair.Create(pair.Key, (object)pair.Value))));
        var processor = ExporterProcessor.Create(options, rule);
        builder.AddProcessor(
            options.KeepInteresting is { } keepInteresting ? KeepInterestingInServices.Wrap(processor, keepInteresting, services) : processor);
    }

    /// <summary>Reads a variable from the configuration, as the SDK does, or from the process where the configuration has no variables.</summary>
    private static string? ReadVariable(IConfiguration? configuration, string variable) =>
        NullIfEmpty(configuration?[variable]) ?? NullIfEmpty(Environment.GetEnvironmentVariable(variable));

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
