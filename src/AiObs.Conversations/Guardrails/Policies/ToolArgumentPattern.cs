using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>What an argument of a tool must not, or must, look like.</summary>
public sealed class ToolArgumentPattern
{
    private readonly GuardrailPattern _pattern;
    private readonly ToolNames _tools;

    /// <summary>Initializes a new instance of the <see cref="ToolArgumentPattern"/> class.</summary>
    /// <param name="tool">The name of the tool; <c>*</c> stands for any characters.</param>
    /// <param name="argument">The name of the argument; <c>*</c> alone for each of them.</param>
    /// <param name="pattern">The regular expression; run without backtracking where it can be, else for 100 ms at most. Texts and numbers are looked at as they are, other arguments as JSON.</param>
    /// <param name="options">Its options, such as <see cref="RegexOptions.IgnoreCase"/>.</param>
    /// <exception cref="ArgumentException">A name is empty, or the pattern is no regular expression.</exception>
    public ToolArgumentPattern(string tool, string argument, string pattern, RegexOptions options = RegexOptions.None)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tool);
        ArgumentException.ThrowIfNullOrWhiteSpace(argument);
        _tools = new([tool]);
        _pattern = new(argument, pattern, options);
        Argument = argument;
    }

    /// <summary>Gets a value indicating whether the argument must match, such as a path that must lie in a folder; a call without it is a hit then.</summary>
    /// <value>The default is <see langword="false"/>: it must not match.</value>
    public bool MustMatch { get; init; }

    private string Argument { get; }

    /// <summary>Returns the arguments of a call that are not as they must be.</summary>
    internal IEnumerable<string> FindWrong(string tool, JsonObject arguments)
    {
        if (!_tools.Have(tool))
        {
            return [];
        }

        return Argument == "*"
            ? arguments.Where(argument => IsWrong(argument.Value)).Select(static argument => argument.Key)
            : (MustMatch || arguments.ContainsKey(Argument)) && IsWrong(arguments[Argument]) ? [Argument] : [];
    }

    /// <summary>What must match must do so as it stands; what must not may not do so in disguise.</summary>
    private bool IsWrong(JsonNode? value)
    {
        var text = value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "";
        return MustMatch ? value is null || !_pattern.Matches(text) : _pattern.Matches(text) || TextView.Of(text, TextForm.Clean).Any(view => _pattern.Matches(view.Text.Value));
    }
}
