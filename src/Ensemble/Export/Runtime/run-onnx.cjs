// Runs an ONNX model by onnxruntime-node: node run-onnx.cjs REQUEST.json; the answer's facts go to standard output.
'use strict';
const fs = require('node:fs');

async function main() {
    const request = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
    const ort = require(request.module);
    const session = await ort.InferenceSession.create(request.model, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        intraOpNumThreads: request.threads,
        logSeverityLevel: 3,
    });
    const [count, ...shape] = request.shape;
    const perImage = shape.reduce((product, size) => product * size, 1);
    const bytes = fs.readFileSync(request.input);
    const pixels = request.type === 'uint8'
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
        : new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

    async function run(first, size) {
        const values = pixels.slice(first * perImage, (first + size) * perImage);
        const tensor = new ort.Tensor(request.type, values, [size, ...shape]);
        const answers = await session.run({ [session.inputNames[0]]: tensor });
        return answers[session.outputNames[0]];
    }

    const output = fs.openSync(request.output, 'w');
    for (let first = 0; first < count; first += request.batch) {
        const answer = await run(first, Math.min(request.batch, count - first));
        fs.writeSync(output, Buffer.from(answer.data.buffer, answer.data.byteOffset, answer.data.byteLength));
    }
    fs.closeSync(output);

    const latency = {};
    for (const size of request.latencyBatches) {
        const values = new (request.type === 'uint8' ? Uint8Array : Float32Array)(size * perImage);
        const tensor = new ort.Tensor(request.type, values, [size, ...shape]);
        const times = [];
        for (let pass = 0; pass < request.warmups + request.passes; pass++) {
            const begin = process.hrtime.bigint();
            await session.run({ [session.inputNames[0]]: tensor });
            times.push(Number(process.hrtime.bigint() - begin) / 1e6);
        }
        const counted = times.slice(request.warmups).sort((left, right) => left - right);
        latency[size] = counted[Math.floor(counted.length / 2)];
    }
    process.stdout.write(JSON.stringify({ latency }));
}

main().catch((error) => {
    process.stderr.write(String((error && error.message) || error));
    process.exitCode = 1;
});
