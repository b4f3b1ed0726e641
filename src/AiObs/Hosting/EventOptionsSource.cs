using AiObs.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>Sets the options of events and of their sinks from the configuration.</summary>
internal sealed class EventOptionsSource(IConfiguration? configuration) : IConfigureOptions<EventOptions>, IConfigureNamedOptions<EventSinkOptions>
{
    /// <summary>Stands between the name of a sink and its number, where several have that name.</summary>
    public const char NumberMark = '\n';

    public void Configure(EventOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        // Those of all sinks with them: these options are read whenever a root is made.
        var section = configuration.GetSection(EventOptions.SectionName);
        RemovedKeys.Refuse(section, typeof(EventOptions));
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable(EventOptions.SectionName, exception);
        }
    }

    public void Configure(EventSinkOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, EventSinkOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        var section = $"{EventOptions.SectionName}:Sinks:{name.Split(NumberMark)[0]}";
        try
        {
            configuration?.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable(section, exception);
        }
    }

    private static InvalidOperationException Unreadable(string section, InvalidOperationException exception) => new(
        $"Configuration section '{section}' has a value that cannot be read: {exception.Message} "
        + "Flags are true or false; numbers have a point; times are written like 00:00:05 (five seconds); Delivery is BestEffort or Durable.",
        exception);
}
