"""Trains the compact network from photos and a teacher, measures it and writes its ONNX file. See README.md."""
import argparse
import copy
import os
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
import torch.nn.functional as F
from torch.nn.parallel import DistributedDataParallel

import data
import evaluate
import export
import pool as pools
from model import ROW, CompactNet, begin, row

UNLABELED = ("not-sure", "other", "skip")  # folders whose names say nothing about the picture


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--teacher", type=Path, default=Path("../shared/models/alexnet-bvlc-conv.onnx"))
    parser.add_argument("--resnet", type=Path, default=pools.RESNET, help="the ResNet-18 of Microsoft.ML.DnnImageFeaturizer.ResNet18")
    parser.add_argument("--start", type=Path, help="begin with the weights of this network, written by an earlier run, instead of random ones")
    parser.add_argument("--out", type=Path, default=Path("src/ImageRec/Features/compact-net.onnx"))
    parser.add_argument("--pool", type=Path, help="keep the pool of views here, or use the one that is here")
    parser.add_argument("--hold-out", action="store_true", help="learn nothing from 15 %% of clothing/train, and measure on it")
    parser.add_argument("--no-clipart", action="store_true", help="make no pictures of Open Clip Art's things")
    parser.add_argument("--checkpoint", type=Path, help="keep the state of the training here, and go on from it")
    parser.add_argument("--without", nargs="*", default=[], help="leave these classes' photos out, to measure on them")
    parser.add_argument("--epochs", type=float, default=9.5, help="times the pool is seen")
    parser.add_argument("--views", type=int, nargs=5, default=(5, 4, 2, 2, 28000),
                        help="whole views and parts of a photo of clothes, of one of other objects, and made-up pictures")
    parser.add_argument("--limit", type=int, help="draw no more than so many of the views, in their shuffled order")
    parser.add_argument("--recipe", choices=("adamw", "published"), default="adamw")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--relations", type=float, default=5.0, help="weight of the batch's similarity matrix")
    parser.add_argument("--labels", type=float, default=0.1, help="weight of the class losses")
    parser.add_argument("--class-weight", type=float, default=0.5, help="weight of the classes' probabilities in the row")
    parser.add_argument("--average", type=float, default=0.998, help="share of the past in the moving mean of the weights, which is what is written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--float32", action="store_true", help="no bfloat16: for processors without it")
    parser.add_argument("--processes", type=int, default=1, help="share each batch among so many processes, without a GPU")
    parser.add_argument("--port", type=int, default=29500, help="by which the processes meet on this machine")
    parser.add_argument("--threads", type=int, default=1, help="threads of each process")
    options = parser.parse_args()
    if options.processes > 1 and not options.pool:
        parser.error("--processes needs --pool: the processes read the views from there.")
    return options


def soft_labels(pool, hard, classes, folds=5, seed=1):
    """Class probabilities [n, classes] by logistic regression on the teacher's rows, each view judged without its own photo."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(pool.rows[:, :256]).float() * 8
    fold = np.where(pool.photos >= 0, pool.photos % folds, folds)
    total = torch.zeros(len(rows), classes)
    for f in range(folds):
        chosen = (pool.kinds == data.WHOLE) & (hard >= 0) & (fold != f)
        x, y = rows[chosen], torch.from_numpy(hard[chosen])
        regression = torch.nn.Linear(256, classes)
        solver = torch.optim.LBFGS(regression.parameters(), max_iter=100, line_search_fn="strong_wolfe")

        def closure():
            solver.zero_grad()
            loss = F.cross_entropy(regression(x), y) + 1e-3 * regression.weight.square().sum()
            loss.backward()
            return loss

        solver.step(closure)
        with torch.no_grad():
            probability = regression(rows).softmax(1)
        total[fold == f] = probability[fold == f]
        total[fold == folds] += probability[fold == folds] / folds
    return total


def optimizer_of(net, recipe, rate, steps):
    if recipe == "published":
        solver = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4)
        return solver, torch.optim.lr_scheduler.ReduceLROnPlateau(solver, factor=0.1, patience=1, threshold=0.01)
    solver = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    return solver, torch.optim.lr_scheduler.OneCycleLR(solver, rate, steps, pct_start=0.1)


def train(net, pool, use, hard, soft, options, device, log, rank=0):
    """Teaches the network `epochs` passes over the pool rows `use`. Each process takes its share of every batch; gradients are averaged."""
    rng = np.random.default_rng(options.seed)
    net.to(device).to(memory_format=torch.channels_last)
    shared = DistributedDataParallel(net) if options.processes > 1 else net
    width = ROW - soft.shape[1]
    steps = int(options.epochs * len(use) / options.batch)
    solver, schedule = optimizer_of(net, options.recipe, options.rate, steps)
    kind = "cuda" if device == "cuda" else "cpu"
    order, first, started, sums = np.empty(0, int), 1, time.time(), np.zeros(4)
    average = copy.deepcopy(net)
    if options.checkpoint and options.checkpoint.exists():
        first, order, states = torch.load(options.checkpoint)
        net.load_state_dict(states[0])
        solver.load_state_dict(states[1])
        schedule.load_state_dict(states[2])
        rng = states[3]
        average.load_state_dict(states[4])
        log(f"going on at step {first}")
    for step in range(first, steps + 1):
        torch.manual_seed((options.seed * 1_000_003 + step) * options.processes + rank)
        if len(order) < options.batch:
            order = np.concatenate([order, rng.permutation(use)])
        chosen, order = np.sort(order[:options.batch])[rank::options.processes], order[options.batch:]
        light = torch.from_numpy(rng.normal((1, 0), (0.06, 4), (options.batch, 2)).astype(np.float32))[rank::options.processes].to(device)
        pixels = torch.from_numpy(pool.views[chosen]).to(device).permute(0, 3, 1, 2).float()
        pixels = pixels * light[:, 0].view(-1, 1, 1, 1) + light[:, 1].view(-1, 1, 1, 1)
        target = F.normalize(torch.from_numpy(pool.rows[chosen, :width]).to(device).float())
        net.train()
        with torch.autocast(kind, dtype=torch.bfloat16, enabled=not options.float32):
            general, logits = shared(pixels.contiguous(memory_format=torch.channels_last))
        general, logits = F.normalize(general.float()), logits.float()
        imitation = 1 - (general * target).sum(1).mean()
        relation = (general @ general.T - target @ target.T).square().mean()
        guess = -(soft[chosen].to(device) * logits.log_softmax(1)).sum(1).mean()
        known = torch.from_numpy(hard[chosen]).to(device)
        label = F.cross_entropy(logits, known, ignore_index=-1, label_smoothing=0.05) if (known >= 0).any() else guess * 0
        loss = imitation + options.relations * relation + options.labels * (guess + label)
        solver.zero_grad(set_to_none=True)
        loss.backward()
        solver.step()
        if options.recipe != "published":
            schedule.step()
        with torch.no_grad():
            for mean, now in zip(average.state_dict().values(), net.state_dict().values()):
                mean.lerp_(now, 1 - options.average) if mean.is_floating_point() else mean.copy_(now)
        sums += [v.item() for v in (imitation, relation, guess, label)]
        if step % 250 == 0 or step == steps:
            span = (step - 1) % 250 + 1
            if options.processes > 1:
                distributed.all_reduce(torch.from_numpy(sums))
                sums /= options.processes
            if options.recipe == "published":
                schedule.step(sums[0] / span)
            log(f"step {step}/{steps} imitation {sums[0] / span:.4f} relation {sums[1] / span:.5f} guess {sums[2] / span:.3f} "
                f"label {sums[3] / span:.3f} rate {solver.param_groups[0]['lr']:.5f} {time.time() - started:.0f} s")
            sums[:] = 0
            if options.checkpoint and rank == 0:
                states = net.state_dict(), solver.state_dict(), schedule.state_dict(), rng, average.state_dict()
                torch.save((step + 1, order, states), options.checkpoint.with_suffix(".part"))
                options.checkpoint.with_suffix(".part").replace(options.checkpoint)
    net.load_state_dict(average.state_dict())


def main(rank, options):
    """The whole recipe, run by each process; the first draws the pool and writes the network."""
    device = "cuda" if torch.cuda.is_available() and options.processes == 1 else "cpu"
    torch.set_num_threads(options.threads)
    if options.processes > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(options.port))
        distributed.init_process_group("gloo", rank=rank, world_size=options.processes, timeout=timedelta(hours=2))

    def log(text):
        if rank == 0:
            print(text, flush=True)

    log(str(options))
    loaded = [data.load_folder(options.data / folder) for folder in data.FOLDERS]
    (train_photos, train_labels), (_, extra_labels) = loaded[:2]
    kept, held = evaluate.split(train_labels)
    photos = np.concatenate([some for some, _ in loaded])
    clothes = len(train_labels) + len(extra_labels)
    names = np.concatenate([train_labels, extra_labels, np.full(len(photos) - clothes, UNLABELED[0])])
    pool = None
    if rank == 0 and not (options.pool and (options.pool / "basis.pt").exists()):
        sources = np.delete(photos, held, 0) if options.hold_out else photos
        things = [] if options.no_clipart else data.load_clipart(unseen=False)[0]
        whole, part, other_whole, other_part, made = options.views
        rows = data.plan((clothes, len(photos) - clothes), (whole, other_whole), (part, other_part), made)
        pool = pools.build(photos, sources, things, (options.teacher, options.resnet), options.seed, rows, options.limit, device, log=log)
        if options.pool:
            pools.save(pool, options.pool)
    if options.processes > 1:
        distributed.barrier()
    pool = pool or pools.load(options.pool)

    usable = ~np.isin(names, options.without)
    classes = sorted(set(names[usable]) - set(UNLABELED))
    number = np.array([classes.index(n) if n in classes else -1 for n in names])
    torch.manual_seed(options.seed)
    net = CompactNet(len(classes))

    allowed = usable.copy()
    if options.hold_out:
        allowed[held] = False
    use = np.flatnonzero((pool.photos < 0) | allowed[pool.photos])
    hard = np.full(len(pool.photos), -1)
    whole = use[pool.kinds[use] == data.WHOLE]
    hard[whole] = number[pool.photos[whole]]
    soft = soft_labels(pool, hard, len(classes), seed=options.seed)
    known = hard >= 0
    if options.start:
        some = np.sort(np.random.default_rng(options.seed).choice(use, min(20000, len(use)), replace=False))
        views, rows = pool.views[some], torch.from_numpy(pool.rows[some, :ROW - len(classes)]).float()
        log(f"begins with {options.start}: imitation {begin(net, options.start, views, rows):.4f}")
    log(f"{len(use)} views, {len(classes)} classes; logistic regression on the teacher's rows, photos it has not seen: "
        f"{(soft.argmax(1).numpy() == hard)[known].mean():.3f}")
    train(net, pool, use, hard, soft, options, device, log, rank)
    if rank > 0:
        return
    options.out.parent.mkdir(parents=True, exist_ok=True)
    if options.hold_out:
        report(net, train_photos, train_labels, classes, log)
    net.to("cpu").eval()
    export.write(net, options.class_weight, options.out)
    if options.pool:
        torch.save({"net": net.state_dict(), "classes": classes}, options.pool / (options.out.stem + ".pt"))
    log(f"{options.out}: {options.out.stat().st_size} bytes")


def report(net, photos, labels, classes, log):
    """Precision on the held-out photos."""
    kept, held = evaluate.split(labels)
    general, logits = evaluate.outputs(net, evaluate.shrink(photos, data.STUDENT))
    log(f"held-out class accuracy {(np.array(classes)[logits[held].argmax(1)] == labels[held]).mean():.3f}")
    for weight in (0, 0.3, 0.45, 0.6, 0.8, 1.0):
        rows = row(general, logits, weight)
        one, five = evaluate.precision(rows[kept], labels[kept], rows[held], labels[held])
        log(f"class weight {weight}: held-out P@1 {one:.3f} P@5 {five:.3f}")


if __name__ == "__main__":
    chosen = arguments()
    if chosen.processes > 1:
        multiprocessing.spawn(main, (chosen,), chosen.processes)
    else:
        main(0, chosen)
