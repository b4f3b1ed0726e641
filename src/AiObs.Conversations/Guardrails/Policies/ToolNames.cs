using System.Text.RegularExpressions;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>A list of names of tools, in which <c>*</c> stands for any characters.</summary>
internal sealed class ToolNames(IEnumerable<string> names)
{
    // Names are compared exactly: models are told them so.
    private readonly Regex[] _names = [.. names.Select(static name => new Regex(
        $@"\A{Regex.Escape(name).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant))];

    public bool Have(string tool) => Array.Exists(_names, name => name.IsMatch(tool));
}
