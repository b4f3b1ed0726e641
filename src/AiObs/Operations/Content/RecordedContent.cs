namespace AiObs.Operations.Content;

/// <summary>What was said in one operation, as far as it may be shown. Apart from the operation, because most applications record none.</summary>
internal sealed class RecordedContent
{
    private Dictionary<string, int>? _redactions;

    public RecordedValue? Input { get; set; }

    public RecordedValue? Output { get; set; }

    public string? Instructions { get; set; }

    public RecordedMessages? InputMessages { get; set; }

    public RecordedMessages? OutputMessages { get; set; }

    public IReadOnlyList<RecordedTool>? Tools { get; set; }

    public IReadOnlyList<KeyValuePair<string, RecordedValue>>? AdditionalProperties { get; set; }

    /// <summary>Gets how often each redaction rule replaced something; <see langword="null"/> when none did.</summary>
    public IReadOnlyDictionary<string, int>? Redactions => _redactions;

    public void CountRedactions(string rule, int hits)
    {
        _redactions ??= new(StringComparer.Ordinal);
        _redactions[rule] = _redactions.GetValueOrDefault(rule) + hits;
    }
}
