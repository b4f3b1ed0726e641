using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Usage;

/// <summary>Measures the content of messages and of updates of a stream as it comes.</summary>
internal struct ContentMeasure
{
    private const int LongestNumber = 64;

    private TextMeasure _text;
    private long _overhead;
    private bool _isPartial;

    /// <summary>Gets the estimate of everything that was added.</summary>
    public readonly TokenEstimate Estimate => new(_text.Tokens + _overhead, _isPartial);

    /// <summary>Gets the most tokens that everything that was added can be, except what makes the estimate partial.</summary>
    public readonly long HighestTokens => _text.HighestTokens + _overhead;

    public void Add(string? text) => _text.Add(text);

    /// <summary>Adds tokens that are no content, such as those around a message.</summary>
    public void AddOverhead(int tokens) => _overhead += tokens;

    public void Add(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Undefined)
        {
            _text.AddUtf8(JsonMarshal.GetRawUtf8Value(json));
        }
    }

    public void Add(IList<AIContent> contents)
    {
        // By index, as an enumerator of the interface takes memory for each update of a stream.
        for (var index = 0; index < contents.Count; index++)
        {
            Add(contents[index]);
        }
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                Add(text.Text);
                break;
            case TextReasoningContent reasoning:
                Add(reasoning.Text);
                break;
            case FunctionCallContent call:
                Add(call.Name);
                AddArguments(call.Arguments);
                break;
            case FunctionResultContent result:
                AddValue(result.Result);
                break;
            case DataContent or UriContent or HostedFileContent:
                _isPartial = true;
                break;
            default:
                // Usage, errors and approvals are nothing that a model reads or makes.
                break;
        }
    }

    private void AddArguments(IDictionary<string, object?>? arguments)
    {
        if (arguments is null)
        {
            return;
        }

        foreach (var (name, value) in arguments)
        {
            Add(name);
            AddValue(value);
        }
    }

    private void AddValue(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                Add(text);
                break;
            case JsonElement json:
                Add(json);
                break;
            case ISpanFormattable number:
                Span<char> buffer = stackalloc char[LongestNumber];
                _text.Add(number.TryFormat(buffer, out var length, default, null) ? buffer[..length] : buffer);
                break;
            case bool:
                AddOverhead(1);
                break;
            default:
                // What an adapter will make of an object is not known here.
                _isPartial = true;
                break;
        }
    }
}
