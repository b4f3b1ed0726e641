namespace AiObs.Cost.Pricing;

/// <summary>Names the place of a rule as its author knows it: <c>Section:Prices:0:Model</c> in options, <c>$.prices[0].model</c> in a file.</summary>
internal readonly record struct RulePath
{
    private readonly string _text;
    private readonly bool _isJson;

    private RulePath(string text, bool isJson)
    {
        _text = text;
        _isJson = isJson;
    }

    public static RulePath OfOptions(string section) => new(section, isJson: false);

    public static RulePath OfFile(string path) => new($"{PricingOptions.Section}:PriceFile '{path}': $", isJson: true);

    /// <summary>Returns the path of a member that this project names.</summary>
    public RulePath Member(string name) => _isJson
        ? new($"{_text}.{char.ToLowerInvariant(name[0])}{name[1..]}", _isJson)
        : new($"{_text}:{name}", _isJson);

    /// <summary>Returns the path of an entry that the author named.</summary>
    public RulePath Key(string key) => new(_isJson ? $"{_text}['{key}']" : $"{_text}:{key}", _isJson);

    public RulePath Item(int index) => new(_isJson ? $"{_text}[{index}]" : $"{_text}:{index}", _isJson);

    public override string ToString() => _text;
}
