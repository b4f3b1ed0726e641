using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Conventions;

/// <summary>Puts tags on the span of one operation, in the way that fits whose span it is.</summary>
internal readonly struct SpanTags
{
    private const string MicrosoftSources = "Experimental.Microsoft.";

    private readonly Activity _activity;
    private readonly SpanTagMode _mode;

    public SpanTags(Activity activity, AgentOperation operation)
    {
        _activity = activity;

        // What is written for a log record stands on an activity of its own.
        _mode = ReferenceEquals(activity, operation.Activity) ? operation.TagMode : SpanTagMode.Append;
    }

    /// <summary>Gets a value indicating whether the span is somebody else's, who has yet to say whether it failed.</summary>
    public bool IsForeign => _mode == SpanTagMode.FillIn;

    /// <summary>Gets a value indicating whether the span's owner appends the response after us without looking, so that ours would stand there twice.</summary>
    public bool LeavesResponseToOwner => IsForeign && _activity.Source.Name.StartsWith(MicrosoftSources, StringComparison.Ordinal);

    public bool Has(string key) => _activity.GetTagItem(key) is not null;

    public void Add(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Put(key, value);
        }
    }

    public void Add(string key, long? value)
    {
        if (value is { } known)
        {
            Put(key, known);
        }
    }

    /// <summary>Adds a value that is in a box already.</summary>
    public void AddBoxed(string key, object? value)
    {
        if (value is not null)
        {
            Put(key, value);
        }
    }

    public void Add(string key, double? value)
    {
        if (value is { } known)
        {
            Put(key, known);
        }
    }

    /// <summary>Adds an amount, which stands on spans as a floating-point number.</summary>
    public void Add(string key, decimal? value)
    {
        if (value is { } known)
        {
            Put(key, (double)known);
        }
    }

    public void Add(string key, string[]? value)
    {
        if (value is { Length: > 0 })
        {
            Put(key, value);
        }
    }

    public void Put(string key, object value)
    {
        switch (_mode)
        {
            case SpanTagMode.Append:
                _activity.AddTag(key, value);
                break;
            case SpanTagMode.Replace:
                _activity.SetTag(key, value);
                break;
            case SpanTagMode.FillIn or SpanTagMode.Complete when _activity.GetTagItem(key) is null:
                _activity.AddTag(key, value);
                break;
        }
    }
}
