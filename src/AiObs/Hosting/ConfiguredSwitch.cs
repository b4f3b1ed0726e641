using AiObs.Operations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AiObs.Hosting;

/// <summary>Turns observation on and off when the configuration changes what <see cref="AgentObservabilityOptions.Enabled"/> says; no other option is live.</summary>
/// <remarks>
/// It makes the options anew by itself, because <see cref="IOptionsMonitor{TOptions}"/> throws at whoever reloads the configuration
/// when a section is not valid, and that is the application.
/// </remarks>
internal sealed class ConfiguredSwitch(
    IOptionsFactory<AgentObservabilityOptions> factory, IEnumerable<IOptionsChangeTokenSource<AgentObservabilityOptions>> changes)
{
    /// <summary>Starts to turn the switch of a core; stops when the result is disposed.</summary>
    public IDisposable Turn(ObservabilityCore core)
    {
        var last = core.Switch.IsOn;
        return ChangeToken.OnChange(GetChangeToken, () => core.Faults.Run("configuration", core.Switch, observation =>
        {
            // What the application switched by hand stays until the configuration says something new.
            var isOn = factory.Create(Options.DefaultName).Enabled;
            if (isOn != last)
            {
                last = isOn;
                observation.IsOn = isOn;
            }
        }));
    }

    private CompositeChangeToken GetChangeToken() => new([.. changes.Select(static source => source.GetChangeToken())]);
}
