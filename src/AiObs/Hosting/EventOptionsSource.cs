using AiObs.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>Sets the options of events and of their sinks from the configuration.</summary>
internal sealed class EventOptionsSource(IConfiguration? configuration) : IConfigureOptions<EventOptions>, IConfigureNamedOptions<EventSinkOptions>
{
    /// <summary>Stands between the name of a sink and its number, where several have that name.</summary>
    public const char NumberMark = '\n';

    private const string Allowed =
        "Flags are true or false; numbers have a point; times are written like 00:00:05 (five seconds); Delivery is BestEffort or Durable.";

    public void Configure(EventOptions options) =>
        ConfiguredOptions.Read(configuration, EventOptions.SectionName, options, static (section, options) => section.Bind(options), Allowed);

    public void Configure(EventSinkOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, EventSinkOptions options)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var section = $"{EventOptions.SectionName}:Sinks:{name.Split(NumberMark)[0]}";
            ConfiguredOptions.Read(configuration, section, options, static (section, options) => section.Bind(options), Allowed);
        }
    }
}
