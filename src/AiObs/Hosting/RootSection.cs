using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace AiObs.Hosting;

/// <summary>The configuration as a root with a name sees it: its own section stands in the place of <see cref="AgentObservabilityOptions.SectionName"/>.</summary>
internal sealed class RootSection(IConfiguration application, string name) : IConfiguration
{
    private const string Section = AgentObservabilityOptions.SectionName;

    public string? this[string key]
    {
        get => application[PathOf(name, key)];
        set => application[PathOf(name, key)] = value;
    }

    /// <summary>Returns where a key of a root without a name stands for one with a name.</summary>
    public static string PathOf(string name, string key) =>
        key.Equals(Section, StringComparison.OrdinalIgnoreCase) || key.StartsWith(Section + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)
            ? $"{Section}:Roots:{name}{key[Section.Length..]}"
            : key;

    public IConfigurationSection GetSection(string key) => application.GetSection(PathOf(name, key));

    public IEnumerable<IConfigurationSection> GetChildren() => application.GetChildren();

    public IChangeToken GetReloadToken() => application.GetReloadToken();
}
