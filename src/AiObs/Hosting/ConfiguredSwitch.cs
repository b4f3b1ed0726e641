using AiObs.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AiObs.Hosting;

/// <summary>Turns observation on and off when the configuration changes what <see cref="AgentObservabilityOptions.Enabled"/> says; no other option is live.</summary>
/// <remarks>
/// It makes the options anew by itself: <see cref="IOptionsMonitor{TOptions}"/> would throw at whoever reloads a configuration
/// whose section is not valid, and that is the application.
/// </remarks>
internal sealed class ConfiguredSwitch(IOptionsFactory<AgentObservabilityOptions> factory, IConfiguration? configuration)
{
    /// <summary>Starts to turn the switch of a core; stops when the result is disposed.</summary>
    public IDisposable? Turn(ObservabilityCore core)
    {
        if (configuration is null)
        {
            return null;
        }

        var last = core.Switch.IsOn;
        return ChangeToken.OnChange(configuration.GetReloadToken, () => core.Faults.Run("configuration", core.Switch, observation =>
        {
            // What the application switched by hand stays until the configuration says something new.
            var isOn = IsOn(configuration);
            if (isOn != last)
            {
                last = isOn;
                observation.IsOn = isOn;
            }
        }));
    }

    /// <summary>Reads the switch. A section that is otherwise not valid can still say off, which must never be missed.</summary>
    private bool IsOn(IConfiguration configuration)
    {
        try
        {
            return factory.Create(Options.DefaultName).Enabled;
        }
        catch (OptionsValidationException) when (SaysOff(configuration))
        {
            return false;
        }
        catch (InvalidOperationException) when (SaysOff(configuration))
        {
            return false;
        }
    }

    private static bool SaysOff(IConfiguration configuration) => bool.TryParse(
        configuration[$"{AgentObservabilityOptions.SectionName}:{nameof(AgentObservabilityOptions.Enabled)}"], out var isOn) && !isOn;
}
