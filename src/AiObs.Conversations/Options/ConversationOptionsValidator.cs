using Microsoft.Extensions.Options;

namespace AiObs.Conversations;

/// <summary>Finds values that options of conversations cannot have.</summary>
internal sealed class ConversationOptionsValidator : IValidateOptions<ConversationOptions>
{
    private const int ShortestMessageLimit = 1 << 10;
    private const int LongestMessageLimit = 1 << 28;

    private static readonly TimeSpan ShortestTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(24);

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestSave = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestOfTurn = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ConversationOptions options)
    {
        List<string> failures = [];
        if (options.TimeToLive < ShortestTime)
        {
            failures.Add($"{nameof(options.TimeToLive)} is {options.TimeToLive}. It must be at least 1 minute, or null for ever.");
        }

        if (options.EraseExpiredEvery is { } interval && (interval < ShortestTime || interval > LongestInterval))
        {
            failures.Add($"{nameof(options.EraseExpiredEvery)} is {interval}. It must lie between 1 minute and 24 days, or be null.");
        }

        if (options.MaxMessageLength is < ShortestMessageLimit or > LongestMessageLimit)
        {
            failures.Add($"{nameof(options.MaxMessageLength)} is {options.MaxMessageLength}. It must lie between {ShortestMessageLimit} and {LongestMessageLimit}.");
        }

        if (options.TurnLease < ShortestLease || options.TurnLease > LongestOfTurn)
        {
            failures.Add($"{nameof(options.TurnLease)} is {options.TurnLease}. It must lie between 1 second and 1 day.");
        }

        if (options.SaveTimeout < ShortestSave || options.SaveTimeout > LongestOfTurn)
        {
            failures.Add($"{nameof(options.SaveTimeout)} is {options.SaveTimeout}. It must lie between 1 millisecond and 1 day.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
