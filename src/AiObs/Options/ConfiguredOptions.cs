using Microsoft.Extensions.Configuration;

namespace AiObs;

/// <summary>Reads options from their section of the configuration.</summary>
internal static class ConfiguredOptions
{
    /// <summary>Sets options from a section.</summary>
    /// <param name="configuration">The configuration, where there is one.</param>
    /// <param name="name">The section.</param>
    /// <param name="options">The options.</param>
    /// <param name="bind">Binds a section: a call for each type of options, so that the binder is generated and trims.</param>
    /// <param name="allowed">What may be written there.</param>
    /// <exception cref="InvalidOperationException">A value cannot be read. The message names the key and not the value, which may be a secret in the wrong place.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The section has a key that is not read any more.</exception>
    public static void Read<TOptions>(
        IConfiguration? configuration, string name, TOptions options, Action<IConfiguration, TOptions> bind, string allowed)
        where TOptions : class
    {
        if (configuration is null)
        {
            return;
        }

        var section = configuration.GetSection(name);
        RemovedKeys.Refuse(section, typeof(TOptions));
        try
        {
            bind(section, options);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{Unreadable(section, exception)} has a value that cannot be read. {allowed}");
        }
    }

    /// <summary>Finds the key that the binder speaks of; it quotes the value as well.</summary>
    public static string Unreadable(IConfigurationSection section, InvalidOperationException exception) =>
        section.AsEnumerable().Select(static pair => pair.Key).FirstOrDefault(key => exception.Message.Contains($"'{key}'", StringComparison.Ordinal))
        ?? section.Path;
}
