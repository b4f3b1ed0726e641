using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Cost;

/// <summary>Sets the options of cost tracking from their configuration section.</summary>
internal sealed class CostOptionsSource(IConfiguration? configuration) : IConfigureOptions<CostTrackingOptions>
{
    public void Configure(CostTrackingOptions options)
    {
        if (configuration is null)
        {
            return;
        }

        var section = configuration.GetSection(CostTrackingOptions.SectionName);
        RemovedKeys.Refuse(section, typeof(CostTrackingOptions));
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"Configuration section '{CostTrackingOptions.SectionName}' has a value that cannot be read: {exception.Message} "
                + "Flags are true or false; amounts are numbers with a point; times are written like 1.00:00:00 (a day) or 00:05:00 (five minutes).",
                exception);
        }
    }
}
