namespace AiObs.Cost.Tables;

/// <summary>A condition on the name of a model or a provider.</summary>
internal sealed class TextMatch
{
    private readonly TextMatchKind _kind;
    private readonly string _text = string.Empty;
    private readonly TextMatch[] _parts = [];
    private readonly LazyPattern? _pattern;

    public TextMatch(TextMatchKind kind, string text)
    {
        _kind = kind;
        _text = text.ToLowerInvariant();
        _pattern = kind == TextMatchKind.Pattern ? new(text) : null;
    }

    public TextMatch(TextMatchKind kind, TextMatch[] parts)
    {
        _kind = kind;
        _parts = parts;
    }

    /// <summary>Gets a value indicating whether the condition has what its kind needs: parts, or a text.</summary>
    public bool IsWhole => _kind is TextMatchKind.AnyOf or TextMatchKind.AllOf == _parts.Length > 0;

    /// <summary>Gets the regular expressions of the condition and of its parts.</summary>
    public IEnumerable<LazyPattern> Patterns => _pattern is null ? _parts.SelectMany(static part => part.Patterns) : [_pattern];

    /// <summary>Says whether the condition holds for a name, which must be in lower case.</summary>
    public bool Holds(string name) => _kind switch
    {
        TextMatchKind.EqualTo => name == _text,
        TextMatchKind.StartsWith => name.StartsWith(_text, StringComparison.Ordinal),
        TextMatchKind.EndsWith => name.EndsWith(_text, StringComparison.Ordinal),
        TextMatchKind.Contains => name.Contains(_text, StringComparison.Ordinal),
        TextMatchKind.Pattern => _pattern!.IsIn(name),
        TextMatchKind.AnyOf => Array.Exists(_parts, part => part.Holds(name)),
        _ => Array.TrueForAll(_parts, part => part.Holds(name)),
    };

    /// <summary>Says how well a name fits, which must be in lower case.</summary>
    public NameMatch Judge(string name)
    {
        if (!Holds(name))
        {
            return NameMatch.None;
        }

        return _kind switch
        {
            TextMatchKind.EqualTo => NameMatch.Exact,
            TextMatchKind.StartsWith => NameRest.Judge(name, _text, 0),
            TextMatchKind.EndsWith => NameRest.Judge(name, _text, name.Length - _text.Length),
            TextMatchKind.Contains => NameRest.Judge(name, _text, name.IndexOf(_text, StringComparison.Ordinal)),
            TextMatchKind.Pattern => NameMatch.Version,
            TextMatchKind.AnyOf => _parts.Max(part => part.Judge(name)),
            _ => _parts.Min(part => part.Judge(name)),
        };
    }
}
