using System.IO.Enumeration;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>A list of names of tools, in which <c>*</c> stands for any characters.</summary>
internal sealed class ToolNames(IEnumerable<string> names)
{
    // Names are compared exactly: models are told them so. A backslash or a question mark has no meaning of its own in them.
    private readonly string[] _names = [.. names.Select(static name => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal))];

    public bool Have(string tool) => Array.Exists(_names, name => FileSystemName.MatchesSimpleExpression(name, tool, ignoreCase: false));
}
