using AiObs.Cost.Units;

namespace AiObs.Cost.Usage;

/// <summary>What the input tokens of one medium are called.</summary>
/// <param name="Media">The unit of all of them.</param>
/// <param name="Cached">The unit of those that came from the cache.</param>
/// <param name="Rate">The price key without which it makes no difference how many came from the cache.</param>
internal sealed record MediaUnits(UsageUnit Media, UsageUnit Cached, string Rate)
{
    public static MediaUnits Audio { get; } = new(UsageUnits.InputAudio, UsageUnits.CacheAudioRead, "input_audio_mtok");

    public static MediaUnits Image { get; } = new(UsageUnits.InputImage, UsageUnits.CacheImageRead, "input_image_mtok");

    public static MediaUnits Video { get; } = new(UsageUnits.InputVideo, UsageUnits.CacheVideoRead, "input_video_mtok");
}
