using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>What else is known of an agent.</summary>
public sealed class AgentOptions
{
    /// <summary>Gets or sets the agent's stable id, where it has one. An id made up per process helps nobody.</summary>
    /// <value>The default is <see langword="null"/>: not written.</value>
    public string? Id { get; set; }

    /// <summary>Gets or sets what the agent is for.</summary>
    /// <value>The default is <see langword="null"/>: not written.</value>
    public string? Description { get; set; }

    /// <summary>Gets or sets the agent's version.</summary>
    /// <value>The default is <see langword="null"/>: not written.</value>
    public string? Version { get; set; }

    internal static AgentOptions Create(Action<AgentOptions>? configure)
    {
        var options = new AgentOptions();
        configure?.Invoke(options);
        var result = new AgentOptionsValidator().Validate(name: null, options);
        return result.Succeeded
            ? options
            : throw new OptionsValidationException(Options.DefaultName, typeof(AgentOptions), result.Failures);
    }
}
