using System.Runtime.CompilerServices;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Keeps of a stream what its span needs: ids, finish reason and usage; the calls it asks for and the updates themselves only where somebody wants them.</summary>
/// <param name="keepsContent">Whether the updates themselves are wanted.</param>
/// <param name="keepsCalls">Whether the tool calls are wanted.</param>
/// <param name="usages">Reads the objects that a provider's SDK hands out; <see langword="null"/> where nothing is to be read of them.</param>
internal sealed class StreamAccumulator(bool keepsContent, bool keepsCalls, UsageReaders? usages = null)
{
    private readonly List<FunctionCallContent>? _calls = keepsCalls ? [] : null;
    private readonly List<ChatResponseUpdate>? _updates = keepsContent ? [] : null;
    private string? _modelId;
    private string? _responseId;
    private string? _conversationId;
    private string? _serviceTier;
    private string? _region;
    private string? _speed;
    private string? _finishReason;
    private UsageAccumulator _usage;
    private RoundCounter _rounds;
    private RawUsage? _raw;
    private HostedToolCalls? _hostedCalls;
    private bool _hasObject;
    private DateTimeOffset? _createdAt;

    public string? ModelId => _modelId;

    public string? ResponseId => _responseId;

    public string? ConversationId => _conversationId;

    public string? ServiceTier => _serviceTier;

    public string? Region => _region;

    public string? Speed => _speed;

    public string? FinishReason => _finishReason;

    public UsageDetails? Usage => _usage.Total;

    /// <summary>Gets the usage with what the provider's own objects say beyond it, and what the stream shows of hosted tools.</summary>
    public UsageDetails? WholeUsage => _raw is not null && !HasSeveralRounds
        ? UsageMerge.Merge(Usage, in _raw.Said, _hostedCalls)
        : _hostedCalls is null ? Usage : UsageMerge.Merge(Usage, default, _hostedCalls);

    /// <summary>Gets what the provider's own objects say; <see langword="null"/> where none was read.</summary>
    public RawUsage? Raw => _raw;

    /// <summary>Gets a value indicating whether the model was called more than once, by a function loop inside.</summary>
    public bool HasSeveralRounds => _rounds.HasSeveral;

    /// <summary>Gets a value indicating whether any object of a provider's SDK came along.</summary>
    public bool HasObject => _hasObject;

    /// <summary>Gets when the answer was made, where updates without such an object say it.</summary>
    public DateTimeOffset? CreatedAt => _createdAt;

    /// <summary>Gets the tool calls; <see langword="null"/> when nobody wants them.</summary>
    public IReadOnlyList<FunctionCallContent>? Calls => _calls;

    /// <summary>Adds an update.</summary>
    /// <remarks>Runs for every update of every stream, so it is inlined, and leaves what few of them have to methods that are not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ChatResponseUpdate update)
    {
        Note(ref _modelId, update.ModelId);
        Note(ref _responseId, update.ResponseId);
        Note(ref _conversationId, update.ConversationId);
        if (update.FinishReason is not null || update.AdditionalProperties is not null)
        {
            NoteRest(update);
        }

        if (update.RawRepresentation is { } raw)
        {
            _hasObject = true;
            if (update.Contents is not [TextContent])
            {
                Read(raw, update.Contents);
            }
        }
        else if (!_hasObject)
        {
            _createdAt ??= update.CreatedAt;
        }

        _updates?.Add(AsDelivered(update));

        var contents = update.Contents;
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent || _rounds.IsBetween)
            {
                Note(contents[i], update.ResponseId);
            }
        }
    }

    /// <summary>Joins the updates into the messages that a plain call would have returned; <see langword="null"/> where they were not kept.</summary>
    /// <param name="choices">The choices, where there are several: each is a message.</param>
    public IList<ChatMessage>? ToMessages(IReadOnlyList<AnswerChoice>? choices = null) =>
        _updates is null || choices is null ? _updates?.ToChatResponse().Messages : ChoiceContents.Join(_updates, choices);

    /// <summary>Reads the object of an update that brings usage, or has no content, as those at the ends of a stream.</summary>
    private void Read(object raw, IList<AIContent> contents)
    {
        var isWanted = contents.Count == 0;
        for (var i = 0; i < contents.Count && !isWanted; i++)
        {
            isWanted = contents[i] is UsageContent;
        }

        if (usages is null || !isWanted)
        {
            return;
        }

        // A later event says more than an earlier one, and takes its place.
        var said = _raw is null ? default : _raw.Said;
        if (usages.TryRead(raw, ref said))
        {
            (_raw ??= new()).Said = said;
        }
    }

    private void NoteRest(ChatResponseUpdate update)
    {
        if (update.FinishReason is { } finishReason)
        {
            _finishReason = finishReason.Value;
        }

        if (update.AdditionalProperties is { } properties)
        {
            Note(ref _serviceTier, ServiceTierReader.Read(properties, request: null));
            Note(ref _region, RegionReader.Read(properties, request: null));
            Note(ref _speed, SpeedReader.Read(properties, request: null));
        }
    }

    private void Note(AIContent content, string? responseId)
    {
        _rounds.Add(content);
        switch (content)
        {
            case FunctionResultContent:
                _usage.EndRound();
                break;
            case UsageContent usage:
                _usage.Add(usage.Details, responseId);
                break;
            case FunctionCallContent call:
                _calls?.Add(call);
                break;
            default:
                HostedToolCalls.Add(ref _hostedCalls, content);
                break;
        }
    }

    /// <summary>Keeps an update as the model sent it: function loops further out put approval requests in the place of its calls.</summary>
    private static ChatResponseUpdate AsDelivered(ChatResponseUpdate update)
    {
        var contents = update.Contents;
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is FunctionCallContent)
            {
                return update.Clone();
            }
        }

        return update;
    }

    /// <summary>Keeps the last value that says something. Nearly every update repeats the one before, so comparing comes before writing.</summary>
    private static void Note(ref string? known, string? value)
    {
        if (!ReferenceEquals(known, value) && !string.IsNullOrEmpty(value))
        {
            known = value;
        }
    }
}
